// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import java.io.IOException;
import java.io.StringReader;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

    private static final RunFailure UNMAPPED =
            new RunFailure("m-12", "eve@example.test", "", "no mailbox in the mapping file");

    @Test
    void thePageShowsTotalsProblemsAndFailedItems() throws IOException {
        String page = page(Rows.report(Rows.COUNTS, "no answer"), UNMAPPED);

        assertThat(page)
                .startsWith("<!DOCTYPE html>\n")
                .contains("<title>sms, run 7</title>")
                .contains("Import completion time (UTC)</th><td>2026-11-24T00:00:05Z</td>")
                .contains("Items available for import</th><td>31</td>")
                .contains("Items pending</th><td>1</td>")
                .contains("<p class=\"equation\">available for import 31 = imported 24 + ")
                .contains("<li>no answer</li>")
                .contains("<td><bdi>m-12</bdi></td><td><bdi>eve@example.test</bdi></td><td><bdi></bdi></td>"
                        + "<td><bdi>no mailbox in the mapping file</bdi></td>")
                .endsWith("</body>\n</html>\n");
    }

    @Test
    void theBarHasASliceForEachOutcomeAsWideAsItsShare() throws Exception {
        Document svg = svg(page(Rows.report(new RunCounts(9, 1000, 500, 250, 0, 250, 0))));

        NodeList slices = svg.getElementsByTagName("rect");
        assertThat(slices.getLength()).isEqualTo(3);
        assertThat(slice(slices, 0)).isEqualTo("imported 0 500 imported: 500");
        assertThat(slice(slices, 1)).isEqualTo("partially 500 250 partially imported: 250");
        assertThat(slice(slices, 2)).isEqualTo("failed-items 750 250 failed: 250");
        assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("500 imported, 250 partially imported, 250 failed");
    }

    @Test
    void oneFailedItemAmongAMillionCanBeSeen() throws Exception {
        Document svg = svg(page(Rows.report(new RunCounts(9, 1_000_001, 1_000_000, 0, 0, 1, 0))));

        assertThat(slice(svg.getElementsByTagName("rect"), 1)).isEqualTo("failed-items 1000 6 failed: 1");
    }

    @Test
    void anEmptyRunIsASentence() throws IOException {
        assertThat(page(Rows.report(RunCounts.NONE)))
                .contains("<p>No items ingested on 11/24/2026.</p>")
                .doesNotContain("<svg", "<table");
    }

    @Test
    @DisplayName("invariant 23: nothing from a source becomes markup")
    void hostileCellsBecomeText() throws IOException {
        String evil = "</td><script>alert('1')</script><img src=\"https://evil.test/x\">\u202E";
        RunReport report = Rows.report(Rows.COUNTS, evil);

        String page = page(report, new RunFailure(evil, evil, evil, evil));

        String shown = "&lt;/td&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"
                + "&lt;img src=&quot;https://evil.test/x&quot;&gt;\\u202E";
        assertThat(page)
                .contains("<li>" + shown + "</li>")
                .contains(("<td><bdi>" + shown + "</bdi></td>").repeat(4))
                .doesNotContain("<script", "<img", "\u202E");
    }

    @Test
    void thePageFetchesNothing() throws IOException {
        assertThat(page(Rows.report(Rows.COUNTS, "no answer"), UNMAPPED))
                .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("<script", "src=\"", "href", "url(", "@import", "http:", "https:");
    }

    @Test
    @DisplayName("invariant 25: the page stays small, however many items failed")
    void failedItemsBeyondTheCapAreLeftToTheStatusLog() throws IOException {
        RunFailure[] many = IntStream.range(0, HtmlReport.MAX_FAILED_ITEMS + 1)
                .mapToObj(i -> UNMAPPED)
                .toArray(RunFailure[]::new);

        String page = page(Rows.report(Rows.COUNTS), many);

        assertThat(page.split("<bdi>m-12</bdi>", -1)).hasSize(HtmlReport.MAX_FAILED_ITEMS + 1);
        assertThat(page)
                .contains("<p>These are the first 500 failed items. The status log as text, CSV or JSON has all");
    }

    private static String page(RunReport report, RunFailure... failures) throws IOException {
        Rows rows = new Rows(failures);
        StringBuilder page = new StringBuilder();
        HtmlReport.of(report, rows).write(page);
        assertThat(rows.closed).isEqualTo(rows.opened);
        return page.toString();
    }

    private static Document svg(String page) throws Exception {
        String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + "</svg>".length());
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }

    private static String slice(NodeList slices, int index) {
        Element slice = (Element) slices.item(index);
        return String.join(
                " ",
                slice.getAttribute("class"),
                slice.getAttribute("x"),
                slice.getAttribute("width"),
                slice.getTextContent());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.model.RunCounts;
import java.util.List;

/** The fixed parts of the HTML report and its drawing. */
final class HtmlParts {

    /** Everything up to the body; the policy forbids scripts and any fetch, should an escape ever be wrong. */
    static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>$TITLE</title>
            <style>
            :root { --page: #fff; --text: #1b1f24; --faint: #59636e; --line: #d1d9e0;
              --imported: #2da44e; --partially: #bf8700; --skipped: #8c959f; --failed: #cf222e; --pending: #0969da; }
            @media (prefers-color-scheme: dark) {
              :root { --page: #0d1117; --text: #e6edf3; --faint: #9198a1; --line: #3d444d;
                --imported: #3fb950; --partially: #d29922; --skipped: #656c76; --failed: #f85149; --pending: #4493f8; } }
            body { background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
              max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
            .facts, .equation { color: var(--faint); }
            .wrong { color: var(--failed); font-weight: bold; }
            svg { display: block; width: 100%; height: 1.5rem; margin: 1rem 0; }
            table { border-collapse: collapse; }
            th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem; text-align: left;
              overflow-wrap: anywhere; vertical-align: top; }
            th { font-weight: 600; }
            .totals td { text-align: right; font-variant-numeric: tabular-nums; }
            .swatch { display: inline-block; width: .75rem; height: .75rem; margin-right: .5rem; }
            .imported { background: var(--imported); fill: var(--imported); }
            .partially { background: var(--partially); fill: var(--partially); }
            .skipped { background: var(--skipped); fill: var(--skipped); }
            .failed-items { background: var(--failed); fill: var(--failed); }
            .pending { background: var(--pending); fill: var(--pending); }
            </style>
            </head>
            <body>
            """;

    private static final int BAR_UNITS = 1000;
    /** So that one failed item among a million can still be seen. */
    private static final int LEAST_UNITS = 6;

    private HtmlParts() {}

    private record Slice(String style, String words, long value) {}

    private static List<Slice> slices(RunCounts counts) {
        return List.of(
                new Slice("imported", "imported", counts.imported()),
                new Slice("partially", "partially imported", counts.partiallyImported()),
                new Slice("skipped", "skipped", counts.skipped()),
                new Slice("failed-items", "failed", counts.failed()),
                new Slice("pending", "pending", counts.pending()));
    }

    /** One bar, a slice for each outcome, wide as its share. */
    static String bar(RunCounts counts) {
        List<Slice> slices =
                slices(counts).stream().filter(slice -> slice.value() > 0).toList();
        double sum = slices.stream().mapToDouble(Slice::value).sum();
        StringBuilder rects = new StringBuilder();
        StringBuilder words = new StringBuilder();
        long x = 0;
        for (Slice slice : slices) {
            long width = Math.max(LEAST_UNITS, Math.round(BAR_UNITS * slice.value() / sum));
            rects.append("<rect class=\"%s\" x=\"%d\" width=\"%d\" height=\"24\"><title>%s: %d</title></rect>\n"
                    .formatted(slice.style(), x, width, slice.words(), slice.value()));
            words.append(words.isEmpty() ? "" : ", ")
                    .append(slice.value())
                    .append(' ')
                    .append(slice.words());
            x += width;
        }
        return "<svg role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d 24\" preserveAspectRatio=\"none\">\n%s</svg>\n"
                .formatted(words, Math.max(1, x), rects);
    }

    /** The colour of a total's slice, or nothing for the two that are sums. */
    static String swatch(String jsonName) {
        String style = switch (jsonName) {
            case "itemsImportedSuccessfully" -> "imported";
            case "itemsPartiallyImported" -> "partially";
            case "itemsSkipped" -> "skipped";
            case "itemsFailed" -> "failed-items";
            case "itemsPending" -> "pending";
            default -> "";
        };
        return style.isEmpty() ? "" : "<span class=\"swatch " + style + "\"></span>";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.celltrustarchive.integration.ReadEmail.File;
import io.github.celltrustarchive.integration.ReadEmail.Header;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three independent readers find in our emails what was put in, and nothing else. */
final class EmlReadersTest {

    private static final long SEED = 20_261_123;
    private static final int ITEMS = 150;

    private static final List<SourceItem> items = new ArrayList<>();
    private static final List<byte[]> emails = new ArrayList<>();

    @BeforeAll
    static void convertHostileItems() throws IOException {
        ConnectorProfile profile = ConnectorProfile.cellTrust("readers");
        EmlMessageConverter converter = new EmlMessageConverter(profile);
        HostileItems hostile = new HostileItems(SEED);
        for (int i = 0; i < ITEMS; i++) {
            SourceItem item = hostile.next();
            RawRecord raw = new RawRecord("application/json", Content.ofUtf8("{}"), "seed:" + i);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            converter.convert(item, ItemKey.of(profile.name(), item), raw).eml().writeTo(out);
            items.add(item);
            emails.add(out.toByteArray());
        }
    }

    @Test
    @DisplayName("invariant 23: angus-mail reads the intended headers, text and attachments")
    void angusReadsWhatWasMeant() throws Exception {
        for (int i = 0; i < ITEMS; i++) {
            compare(i, EmailReaders.angus(emails.get(i)));
        }
    }

    @Test
    @DisplayName("invariant 23: mime4j reads the intended headers, text and attachments")
    void mime4jReadsWhatWasMeant() throws Exception {
        for (int i = 0; i < ITEMS; i++) {
            compare(i, EmailReaders.mime4j(emails.get(i)));
        }
    }

    @Test
    @DisplayName("invariant 23: Python's email package reads the intended headers, text and attachments")
    void pythonReadsWhatWasMeant(@TempDir Path folder) throws Exception {
        Path python = RequiredServer.python();
        for (int i = 0; i < ITEMS; i++) {
            Files.write(folder.resolve(Integer.toString(1000 + i) + ".eml"), emails.get(i));
        }
        List<JsonNode> answers = askPython(python, folder);
        assertThat(answers).hasSize(ITEMS);
        for (int i = 0; i < ITEMS; i++) {
            assertThat(answers.get(i).get("defects"))
                    .as("defects of item %d", i)
                    .isEmpty();
            compareWithoutSpacesInNames(i, fromJson(answers.get(i)));
        }
    }

    @Test
    void everyLineIsSevenBitEndsInCrlfAndHasAtMost998Characters() {
        for (int i = 0; i < ITEMS; i++) {
            String email = new String(emails.get(i), StandardCharsets.ISO_8859_1);
            assertThat(email).as("item %d", i).endsWith("\r\n");
            for (String line : email.split("\r\n", -1)) {
                assertThat(line.length()).as("item %d", i).isLessThanOrEqualTo(998);
                assertThat(line.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7E)))
                        .as("item %d: %s", i, line)
                        .isTrue();
            }
        }
    }

    private static void compare(int i, ReadEmail read) throws Exception {
        compare(i, ExpectedEmail.headers(items.get(i)), read);
    }

    /** Python up to 3.12 keeps the space between two encoded-words in a display name, which RFC 2047 section 6.2 drops. */
    private static void compareWithoutSpacesInNames(int i, ReadEmail read) throws Exception {
        ReadEmail squeezed = new ReadEmail(
                read.headers().stream().map(EmlReadersTest::squeeze).toList(), read.text(), read.files());
        compare(
                i,
                ExpectedEmail.headers(items.get(i)).stream()
                        .map(EmlReadersTest::squeeze)
                        .toList(),
                squeezed);
    }

    private static Header squeeze(Header header) {
        boolean people = List.of("From", "To", "Cc", "Bcc").contains(header.name());
        return people ? new Header(header.name(), header.value().replace(" ", "")) : header;
    }

    private static void compare(int i, List<Header> expected, ReadEmail read) throws Exception {
        SourceItem item = items.get(i);
        String what = "seed %d, item %d".formatted(SEED, i);
        List<Header> actual = read.headers().stream()
                .filter(header -> !header.name().equals("X-CellTrust-Note"))
                .toList();
        assertThat(read.headers().size() - actual.size()).as(what).isBetween(0, 1);
        assertThat(actual.stream().map(Header::name))
                .as(what)
                .containsExactlyElementsOf(expected.stream().map(Header::name).toList());
        for (int k = 0; k < expected.size(); k++) {
            Header header = expected.get(k);
            if (!header.value().isEmpty()) {
                // what the digest in a stand-in address is has its own tests
                assertThat(actual.get(k).value().replaceAll("id-[0-9a-f]{20}", "id"))
                        .as("%s, %s", what, header.name())
                        .isEqualTo(header.value());
            }
        }
        if (!item.text().isEmpty()) {
            assertThat(read.text()).as(what).isEqualTo(ExpectedEmail.text(item));
        }
        compareFiles(what, item, read.files());
    }

    private static void compareFiles(String what, SourceItem item, List<File> files) throws Exception {
        assertThat(files).as(what).hasSameSizeAs(item.attachments());
        for (int k = 0; k < files.size(); k++) {
            Attachment attachment = item.attachments().get(k);
            File file = files.get(k);
            byte[] bytes = attachment.content().open().readAllBytes();
            assertThat(file.sha256()).as(what).isEqualTo(EmailReaders.sha256(bytes));
            assertThat(file.name()).as(what).isEqualTo(ExpectedFiles.name(attachment.fileName(), k + 1));
            assertThat(file.type()).as(what).isEqualTo(ExpectedFiles.type(attachment.mediaType()));
        }
    }

    private static List<JsonNode> askPython(Path python, Path folder) throws Exception {
        Path script = folder.resolve("read_email.py");
        Path answer = folder.resolve("answer.jsonl");
        try (var source = EmlReadersTest.class.getResourceAsStream("/read_email.py")) {
            Files.copy(source, script);
        }
        Process process = new ProcessBuilder(python.toString(), script.toString(), folder.toString())
                .redirectOutput(answer.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        List<JsonNode> answers = new ArrayList<>();
        for (String line : Files.readAllLines(answer)) {
            answers.add(new ObjectMapper().readTree(line));
        }
        return answers;
    }

    private static ReadEmail fromJson(JsonNode json) {
        List<Header> headers = new ArrayList<>();
        json.get("headers")
                .forEach(h -> headers.add(
                        new Header(h.get("name").asText(), h.get("value").asText())));
        List<File> files = new ArrayList<>();
        json.get("files")
                .forEach(f -> files.add(new File(
                        f.get("name").asText(),
                        f.get("type").asText(),
                        f.get("sha256").asText())));
        return new ReadEmail(headers, json.get("text").asText(), files);
    }
}

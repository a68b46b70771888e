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
import io.github.celltrustarchive.spi.MessageConverter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three independent readers find in our emails what was put in, and nothing else. */
final class EmlReadersTest {

    private static final long SEED = 20_261_123;
    private static final int ITEMS = 150;

    private static final List<Case> cases = new ArrayList<>();

    /** An email, and what must be read from it; {@code text} is null where the text part was made from details. */
    @SuppressWarnings("ArrayRecordComponent") // read, never changed or compared
    private record Case(
            String what,
            byte[] email,
            List<Header> headers,
            @Nullable String text,
            List<File> files) {}

    @BeforeAll
    static void convertHostileItems() throws Exception {
        ConnectorProfile profile = ConnectorProfile.cellTrust("readers");
        EmlMessageConverter converter = new EmlMessageConverter(profile);
        FilledConverter filling = new FilledConverter(profile);
        HostileItems hostile = new HostileItems(SEED);
        for (int i = 0; i < ITEMS; i++) {
            SourceItem item = hostile.next();
            String text = item.text().isEmpty() ? null : ExpectedEmail.text(item);
            String what = "seed %d, item %d".formatted(SEED, i);
            List<Header> headers = ExpectedEmail.headers(item);
            cases.add(new Case(what, eml(converter, profile, item), headers, text, files(item, true)));
            cases.add(new Case(
                    what + ", filled",
                    eml(filling, profile, item),
                    FilledConverter.expected(headers, item),
                    ExpectedEmail.utf8(item.text()),
                    files(item, false)));
        }
    }

    private static byte[] eml(MessageConverter converter, ConnectorProfile profile, SourceItem item)
            throws IOException {
        RawRecord raw = new RawRecord("application/json", Content.ofUtf8("{}"), "file:1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        converter.convert(item, ItemKey.of(profile.name(), item), raw).eml().writeTo(out);
        return out.toByteArray();
    }

    /** The attachments as files; those that the text shows come first. */
    private static List<File> files(SourceItem item, boolean shownFirst) throws Exception {
        List<File> shown = new ArrayList<>();
        List<File> others = new ArrayList<>();
        for (int i = 0; i < item.attachments().size(); i++) {
            Attachment attachment = item.attachments().get(i);
            byte[] bytes = attachment.content().open().readAllBytes();
            (shownFirst && ExpectedFiles.isShown(attachment) ? shown : others)
                    .add(new File(
                            ExpectedFiles.name(attachment.fileName(), i + 1),
                            ExpectedFiles.type(attachment.mediaType()),
                            EmailReaders.sha256(bytes)));
        }
        shown.addAll(others);
        return shown;
    }

    @Test
    @DisplayName("invariant 23: angus-mail reads the intended headers, text and attachments")
    void angusReadsWhatWasMeant() throws Exception {
        for (Case email : cases) {
            compare(email, email.headers(), EmailReaders.angus(email.email()));
        }
    }

    @Test
    @DisplayName("invariant 23: mime4j reads the intended headers, text and attachments")
    void mime4jReadsWhatWasMeant() throws Exception {
        for (Case email : cases) {
            compare(email, email.headers(), EmailReaders.mime4j(email.email()));
        }
    }

    @Test
    @DisplayName("invariant 23: Python's email package reads the intended headers, text and attachments")
    void pythonReadsWhatWasMeant(@TempDir Path folder) throws Exception {
        Path python = RequiredServer.python();
        for (int i = 0; i < cases.size(); i++) {
            Files.write(
                    folder.resolve(Integer.toString(1000 + i) + ".eml"),
                    cases.get(i).email());
        }
        List<JsonNode> answers = askPython(python, folder);
        assertThat(answers).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            assertThat(answers.get(i).get("defects"))
                    .as("defects of %s", cases.get(i).what())
                    .isEmpty();
            compareWithoutSpacesInNames(cases.get(i), fromJson(answers.get(i)));
        }
    }

    @Test
    void everyLineIsSevenBitEndsInCrlfAndHasAtMost998Characters() {
        for (Case email : cases) {
            String text = new String(email.email(), StandardCharsets.ISO_8859_1);
            assertThat(text).as(email.what()).endsWith("\r\n");
            for (String line : text.split("\r\n", -1)) {
                assertThat(line.length()).as(email.what()).isLessThanOrEqualTo(998);
                assertThat(line.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7E)))
                        .as("%s: %s", email.what(), line)
                        .isTrue();
            }
        }
    }

    /** Python up to 3.12 keeps the space between two encoded-words in a display name, which RFC 2047 section 6.2 drops. */
    private static void compareWithoutSpacesInNames(Case email, ReadEmail read) {
        ReadEmail squeezed = new ReadEmail(
                read.headers().stream().map(EmlReadersTest::squeeze).toList(), read.text(), read.files());
        compare(email, email.headers().stream().map(EmlReadersTest::squeeze).toList(), squeezed);
    }

    private static Header squeeze(Header header) {
        boolean people = List.of("From", "To", "Cc", "Bcc").contains(header.name());
        return people ? new Header(header.name(), header.value().replace(" ", "")) : header;
    }

    private static void compare(Case email, List<Header> expected, ReadEmail read) {
        List<Header> actual = read.headers().stream()
                .filter(header -> !header.name().equals("X-CellTrust-Note"))
                .toList();
        assertThat(read.headers().size() - actual.size()).as(email.what()).isBetween(0, 1);
        assertThat(actual.stream().map(Header::name))
                .as(email.what())
                .containsExactlyElementsOf(expected.stream().map(Header::name).toList());
        for (int k = 0; k < expected.size(); k++) {
            Header header = expected.get(k);
            if (!header.value().isEmpty()) {
                // what the digest in a stand-in address is has its own tests
                assertThat(actual.get(k).value().replaceAll("id-[0-9a-f]{20}", "id"))
                        .as("%s, %s", email.what(), header.name())
                        .isEqualTo(header.value());
            }
        }
        if (email.text() != null) {
            assertThat(read.text()).as(email.what()).isEqualTo(email.text());
        }
        assertThat(read.files()).as(email.what()).containsExactlyElementsOf(email.files());
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

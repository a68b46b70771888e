// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.spike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does a source of finished emails fit an SPI whose items are messages? */
class EmlFolderSourceSpikeTest {

    private static final String EML = """
            From: =?utf-8?q?Jos=C3=A9?= <jose@bank.example>\r
            To: Ann Lee <ann.lee@bank.example>\r
            Cc: bob@customer.example\r
            Date: Mon, 02 Mar 2026 09:15:30 -0500\r
            Message-ID: <1@merge1.example>\r
            Subject: SMS\r
            \r
            Hi\r
            """;

    @TempDir
    private Path folder;

    @Test
    void theItemHoldsWhatMappingAndIdentityNeed() throws Exception {
        SourceItem item = parse("a.eml", EML);

        assertThat(item.sourceId()).isEqualTo("<1@merge1.example>");
        assertThat(item.sentAt()).isEqualTo("2026-03-02T14:15:30Z");
        assertThat(item.sender())
                .isEqualTo(new Participant(ParticipantRole.FROM, "Jos\u00e9", null, "jose@bank.example", false));
        assertThat(item.recipients())
                .extracting(Participant::email)
                .containsExactly("ann.lee@bank.example", "bob@customer.example");
    }

    @Test
    void withoutAMessageIdTheFileNameIsTheSourceId() throws Exception {
        assertThat(parse("a.eml", EML.replaceFirst("Message-ID.*\r\n", "")).sourceId())
                .isEqualTo("a.eml");
    }

    @Test
    void theRecordIsTheEmailByteForByte() throws Exception {
        RawRecord record = record("a.eml", EML);

        assertThat(record.mediaType()).isEqualTo("message/rfc822");
        try (var in = record.bytes().open()) {
            assertThat(in.readAllBytes()).asString().isEqualTo(EML);
        }
    }

    @Test
    void anotherBodyUnderTheSameMessageIdIsARevision() throws Exception {
        SourceItem first = parse("a.eml", EML);
        SourceItem second = parse("b.eml", EML.replace("Hi", "Ho"));

        assertThat(second.sourceId()).isEqualTo(first.sourceId());
        assertThat(ItemKey.of("merge1", second)).isNotEqualTo(ItemKey.of("merge1", first));
    }

    @Test
    void anEmailWithoutADateOrAReadableSenderIsHeld() throws Exception {
        for (String bad : new String[] {
            EML.replaceFirst("Date.*\r\n", ""), EML.replaceFirst("From.*\r\n", ""), EML.replace("<jose@", "<<jose@")
        }) {
            assertThatThrownBy(() -> parse("a.eml", bad)).isInstanceOf(RecordException.class);
        }
    }

    @Test
    void aFileThatSortsBeforeTheCheckpointWouldBeMissed() throws Exception {
        record("b.eml", EML);
        EmlFolderSource source = new EmlFolderSource(folder);
        Checkpoint end = source.read(Checkpoint.START, 10).next();
        Files.writeString(folder.resolve("a.eml"), EML);

        assertThat(source.read(end, 10).records())
                .as("a file name alone is no safe checkpoint: drop folders must list what they have seen")
                .isEmpty();
    }

    private SourceItem parse(String name, String eml) throws Exception {
        return new EmlFolderSource(folder).parse(record(name, eml));
    }

    private RawRecord record(String name, String eml) throws IOException {
        Files.writeString(folder.resolve(name), eml);
        return new EmlFolderSource(folder)
                .read(Checkpoint.START, 10).records().stream()
                        .filter(record -> record.locator().equals(name))
                        .findFirst()
                        .orElseThrow();
    }
}

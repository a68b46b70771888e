// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.spi.ArchiveException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/**
 * Any text in place of what the ledger wrote (an envelope, the counts of a run, a checkpoint) is read as what it says, or the
 * run is stopped; never as anything else.
 */
class StoredTextFuzzTest {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final FuzzLedger ledger = new FuzzLedger();

    StoredTextFuzzTest() {
        Instant time = Instant.EPOCH;
        ledger.storeAndRead(new Envelope(
                ledger.newKey(),
                "m-1",
                null,
                "",
                "SMS",
                Direction.UNKNOWN,
                null,
                time,
                time,
                List.of(Participant.ofPhone(ParticipantRole.FROM, "1")),
                List.of()));
        ledger.moveAndRead(new Checkpoint("1"));
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    @FuzzTest(maxDuration = "5m")
    void anyStoredTextIsWhatItSaysOrRefused(byte[] bytes) throws Exception {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String envelope = ledger.overwrite("item", "envelope", text);
        Optional<Envelope> readEnvelope = readOrRefused(text, ledger::lastItem);
        if (readEnvelope.isPresent()) {
            check(STRICT.readTree(envelope), readEnvelope.get());
        }
        String counts = ledger.overwrite("run", "counts", text);
        Optional<RunCounts> readCounts = readOrRefused(text, ledger::countsOfRun1);
        if (readCounts.isPresent()) {
            check(STRICT.readTree(counts), readCounts.get());
        }
        String checkpoint = ledger.overwrite("connector", "checkpoint", text);
        Optional<Checkpoint> readCheckpoint = readOrRefused(text, ledger::checkpoint);
        if (readCheckpoint.isPresent() && checkpoint.indexOf('\\') < 0) {
            assertThat(readCheckpoint.get().value()).isEqualTo(checkpoint);
        }
    }

    private static <T> Optional<T> readOrRefused(String text, Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (ArchiveException e) {
            assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP);
            assertThat(e).hasMessageStartingWith("the ledger is damaged: ").hasNoCause();
            assertThat(text.length() > 100 && e.getMessage().contains(text)).isFalse();
            return Optional.empty();
        }
    }

    private static void check(JsonNode stored, Envelope read) {
        assertThat(read.messageId()).isEqualTo(text(stored, "messageId"));
        assertThat(read.subject()).isEqualTo(text(stored, "subject"));
        assertThat(read.kind()).isEqualTo(text(stored, "kind"));
        assertThat(read.direction().name()).isEqualTo(text(stored, "direction"));
        assertThat(read.conversationId()).isEqualTo(text(stored, "conversationId"));
        assertThat(read.sentAt())
                .isEqualTo(Instant.parse(stored.required("sentAt").textValue()));
        assertThat(read.receivedAt())
                .isEqualTo(Instant.parse(stored.required("receivedAt").textValue()));
        JsonNode participants = stored.required("participants");
        assertThat(read.participants()).hasSize(participants.size());
        for (int i = 0; i < participants.size(); i++) {
            Participant participant = read.participants().get(i);
            JsonNode its = participants.get(i);
            assertThat(participant.role().name()).isEqualTo(text(its, "role"));
            assertThat(participant.displayName()).isEqualTo(text(its, "displayName"));
            assertThat(participant.phone()).isEqualTo(text(its, "phone"));
            assertThat(participant.email()).isEqualTo(text(its, "email"));
            assertThat(participant.external()).isEqualTo(its.has("external"));
        }
        JsonNode attachments = stored.required("attachments");
        assertThat(read.attachments()).hasSize(attachments.size());
        for (int i = 0; i < attachments.size(); i++) {
            AttachmentSummary attachment = read.attachments().get(i);
            JsonNode its = attachments.get(i);
            assertThat(attachment.fileName()).isEqualTo(text(its, "fileName"));
            assertThat(attachment.mediaType()).isEqualTo(text(its, "mediaType"));
            assertThat(attachment.size()).isEqualTo(number(its, "size"));
            assertThat(attachment.sha256()).isEqualTo(text(its, "sha256"));
            assertThat(attachment.leftOut()).isEqualTo(its.has("leftOut"));
        }
    }

    private static void check(JsonNode stored, RunCounts read) {
        assertThat(read)
                .isEqualTo(new RunCounts(
                        number(stored, "availableFromSource"),
                        number(stored, "availableForImport"),
                        number(stored, "imported"),
                        number(stored, "partiallyImported"),
                        number(stored, "skipped"),
                        number(stored, "failed"),
                        number(stored, "pending")));
    }

    private static String text(JsonNode stored, String field) {
        return stored.path(field).textValue();
    }

    private static long number(JsonNode stored, String field) {
        JsonNode number = stored.required(field);
        assertThat(number.isIntegralNumber() && number.canConvertToLong()).isTrue();
        return number.longValue();
    }
}

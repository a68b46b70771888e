// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** A source of one's own: a messaging service that numbers its messages, each a line of time, sender, recipient, text. */
final class CustomSource implements SourceAdapter {

    /** What the service offers: messages with a higher number than this, in order. */
    interface Service {
        List<Message> after(long number, int max) throws IOException;
    }

    /** A numbered line. */
    record Message(long number, String line) {}

    private final Service service;

    CustomSource(Service service) {
        this.service = service;
    }

    // README begin
    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException {
        long reached = after.equals(Checkpoint.START) ? 0 : Long.parseLong(after.value());
        List<Message> messages = service.after(reached, maxRecords);
        if (messages.isEmpty()) {
            return SourcePage.of(List.of(), after, false); // the end, for now
        }
        List<RawRecord> records = messages.stream()
                .map(m -> new RawRecord("text/plain", Content.ofUtf8(m.line()), "message-" + m.number()))
                .toList();
        long last = messages.get(messages.size() - 1).number();
        return SourcePage.of(records, new Checkpoint(Long.toString(last)), true);
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        String[] fields = text(record).split("\t", 4);
        if (fields.length < 4) {
            throw new RecordException("not four fields"); // held with its bytes; its neighbours go on
        }
        return SourceItem.builder(record.locator(), "SMS", time(fields[0]))
                .sender(Participant.ofPhone(ParticipantRole.FROM, fields[1]))
                .recipient(Participant.ofPhone(ParticipantRole.TO, fields[2]))
                .text(fields[3])
                .build();
    }
    // README end

    private static String text(RawRecord record) throws IOException {
        try (InputStream bytes = record.bytes().open()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new RecordException("the first field isn't a time in UTC", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Attachment;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A source that keeps every rule, with places where a broken one can differ: lines of id, number, text. */
class PlainSource implements SourceAdapter {

    /** What all adapters of a test read. */
    static final class Upstream {
        final List<String> lines = new ArrayList<>(List.of(
                "Id 1,+12125550101,Good morning",
                "id 1,+12125550102,The papers are ready",
                "ID-3,+12125550103,file",
                RecordParserContract.MARKER,
                "id 4,+12125550104,See you at three",
                "id 5,+12125550105,Running late",
                "id 6,+12125550106,Never mind"));
        int deleted;
        boolean gone;
    }

    static final List<String> IDS = List.of("Id 1", "id 1", "ID-3", "id 4", "id 5", "id 6");

    final Upstream upstream;

    PlainSource(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        if (upstream.gone) {
            throw new IOException("the source is away");
        }
        int from = Math.max(position(after), upstream.deleted);
        int to = Math.min(upstream.lines.size(), from + maxRecords);
        List<RawRecord> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(record(i));
        }
        return page(records, records.isEmpty() ? after : checkpoint(to), to < upstream.lines.size());
    }

    int position(Checkpoint after) {
        return after.equals(Checkpoint.START) ? 0 : Integer.parseInt(after.value());
    }

    Checkpoint checkpoint(int position) {
        return new Checkpoint(Integer.toString(position));
    }

    RawRecord record(int index) {
        return new RawRecord("text/plain", content(line(index)), Map.of("file", attachment()), locator(index));
    }

    String line(int index) {
        return upstream.lines.get(index);
    }

    Content content(String line) {
        return Content.ofUtf8(line);
    }

    Content attachment() {
        return Content.ofUtf8("bytes of a file");
    }

    String locator(int index) {
        return "line-" + index;
    }

    SourcePage page(List<RawRecord> records, Checkpoint next, boolean more) {
        return SourcePage.of(records, next, more);
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        String line = new String(Bytes.of(record.bytes()), StandardCharsets.UTF_8);
        String[] fields = line.split(",", 3);
        if (fields.length < 3) {
            throw bad(line);
        }
        return item(record, fields[0], fields[1], fields[2]).build();
    }

    RuntimeException bad(String line) {
        return new RecordException("a line has three fields");
    }

    SourceItem.Builder item(RawRecord record, String id, String phone, String text) throws IOException {
        SourceItem.Builder item = SourceItem.builder(id, "SMS", Instant.parse("2026-11-20T14:03:27Z"))
                .sender(Participant.ofPhone(ParticipantRole.FROM, phone))
                .text(text);
        Content file = record.parts().get("file");
        return text.equals("file") && file != null
                ? item.attachment(new Attachment("a.txt", "text/plain", opened(file)))
                : item;
    }

    Content opened(Content attachment) {
        return attachment;
    }

    @Override
    public void acknowledge(Checkpoint upTo) throws IOException, InterruptedException {
        upstream.deleted = Math.max(upstream.deleted, position(upTo));
    }
}

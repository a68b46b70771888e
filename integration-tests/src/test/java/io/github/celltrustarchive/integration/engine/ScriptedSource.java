// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A source whose answers are told beforehand; after the last of them it has no more. */
final class ScriptedSource implements SourceAdapter {

    /** What a read gives. */
    @FunctionalInterface
    interface Answer {
        SourcePage read(Checkpoint after) throws IOException;
    }

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final JsonRecordParser parser = JsonRecordParser.ofDefaults();

    /** Every checkpoint that was read from. */
    final List<String> reads = new ArrayList<>();

    /** Every checkpoint that was acknowledged. */
    final List<String> acknowledged = new ArrayList<>();

    ScriptedSource answer(Answer answer) {
        answers.add(answer);
        return this;
    }

    ScriptedSource page(String next, boolean more, RawRecord... records) {
        return answer(after -> SourcePage.of(List.of(records), new Checkpoint(next), more));
    }

    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException {
        reads.add(after.value());
        Answer answer = answers.poll();
        return answer == null ? SourcePage.of(List.of(), after, false) : answer.read(after);
    }

    @Override
    public void acknowledge(Checkpoint upTo) {
        acknowledged.add(upTo.value());
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return parser.parse(record);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.contract.SourceAdapterContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** The source that the README shows keeps the rules of sources. */
// README begin
class CustomSourceContractTest extends SourceAdapterContract {

    private final List<CustomSource.Message> messages = new ArrayList<>();

    CustomSourceContractTest() {
        for (String text :
                List.of("Good morning", "The papers are ready", "See you at three", "Running late", "Fine")) {
            add("2026-11-20T14:03:27Z\t+12125550101\t+12125550199\t" + text);
        }
    }

    @Override
    protected SourceAdapter open() {
        return new CustomSource(this::after);
    }

    @Override
    protected List<String> sourceIds() {
        return List.of("message-1", "message-2", "message-3", "message-4", "message-5");
    }
    // README end

    private boolean down;

    @BeforeEach
    void addABadRecord() {
        add(MARKER + "\t+12125550101\t+12125550199\tno time");
    }

    @Override
    protected int badRecords() {
        return 1;
    }

    @Override
    protected void addRecord() {
        add("2026-11-20T14:03:28Z\t+12125550199\t+12125550101\tOne more thing");
    }

    @Override
    protected void makeUnreadable() {
        down = true;
    }

    private List<CustomSource.Message> after(long number, int max) throws IOException {
        if (down) {
            throw new IOException("the service is down");
        }
        return messages.stream().filter(m -> m.number() > number).limit(max).toList();
    }

    private void add(String line) {
        messages.add(new CustomSource.Message(messages.size() + 1, line));
    }
}

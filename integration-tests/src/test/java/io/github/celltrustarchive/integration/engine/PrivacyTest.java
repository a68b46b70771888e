// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries in every field of a record, and failures everywhere: none may be seen outside ledger, stage and mailbox. */
class PrivacyTest {

    private static final String CANARY = "CanaryBird";

    @TempDir
    Path folder;

    @Test
    @DisplayName("invariant 22: no name, number, address, text or file name in logs, events, problems and exceptions")
    void canariesAreNeverSeen() throws Exception {
        EngineFixture world = new EngineFixture(folder).records(record("good"), record("bad\\u0000"), broken());
        ScriptedSink sink = new ScriptedSink();
        sink.script.add((s, d) -> {
            throw new IOException("550 no such user ann." + CANARY + "@example.com");
        });
        sink.script.add((s, d) -> {
            throw new IllegalStateException(CANARY);
        });
        Seen seen = new Seen();
        for (int run = 0; run < 2; run++) {
            boolean failing = run == 1;
            try (ArchivePipeline pipeline = world.pipeline(sink)
                    .listener(seen)
                    .mapper((participant, at) -> {
                        if (failing) {
                            throw new IllegalStateException("not found: " + participant.email());
                        }
                        return new EmailUserMapper(List.of("example.com")).map(participant, at);
                    })
                    .build()) {
                var report = pipeline.run();
                seen.add(report.toString());
                seen.add(report.problems().toString());
            } catch (RuntimeException e) {
                seen.add(String.valueOf(e.getMessage()));
            }
            world.records(record("later"));
        }

        assertThat(seen.all).hasSizeGreaterThan(10).noneMatch(event -> event.contains(CANARY));
        String log = System.getProperty("org.slf4j.simpleLogger.logFile");
        Assumptions.assumeTrue(log != null, "run by Maven, which has all logs written to a file");
        assertThat(Files.readString(Path.of(log)))
                .contains("so that something is logged")
                .doesNotContain(CANARY);
    }

    private static RawRecord record(String id) {
        String person = "{\"name\":\"" + CANARY + "\",\"phone\":\"+1 " + CANARY + "\",\"email\":\"ann." + CANARY
                + "@example.com\"}";
        String line = "{\"id\":\"" + id + "\",\"kind\":\"MMS\",\"sent\":\"2026-11-20T14:03:27Z\",\"from\":" + person
                + ",\"to\":[" + person + "],\"text\":\"" + CANARY + "\",\"attachments\":[{\"name\":\"" + CANARY
                + ".png\",\"type\":\"image/png\",\"data\":\"AAEC\"}],\"properties\":{\"" + CANARY + "\":\"" + CANARY
                + "\"}}";
        return new RawRecord("application/json", Content.ofUtf8(line), "export:" + id.hashCode());
    }

    private static RawRecord broken() {
        return new RawRecord("application/json", Content.ofUtf8("{\"id\":" + CANARY + "}"), "export:broken");
    }

    /** All events as text. */
    private static final class Seen implements ArchiveListener {
        private final List<String> all = Collections.synchronizedList(new ArrayList<>());

        void add(Object event) {
            all.add(event.toString());
        }

        @Override
        public void onRunStarted(RunStarted event) {
            add(event);
        }

        @Override
        public void onPageCollected(PageCollected event) {
            add(event);
        }

        @Override
        public void onItemHeld(ItemHeld event) {
            add(event);
        }

        @Override
        public void onItemMapped(ItemMapped event) {
            add(event);
        }

        @Override
        public void onDelivered(Delivered event) {
            add(event);
        }

        @Override
        public void onDeliveryPostponed(DeliveryPostponed event) {
            add(event);
        }

        @Override
        public void onDeliveryHeld(DeliveryHeld event) {
            add(event);
        }

        @Override
        public void onAlarm(Alarm event) {
            add(event);
        }

        @Override
        public void onRunFinished(RunFinished event) {
            add(event);
            throw new IllegalStateException("so that something is logged");
        }
    }
}

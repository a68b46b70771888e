// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.spi.SinkTraits;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several mailboxes at once. */
@Timeout(60)
class ParallelDeliveryTest {

    private final ScriptedSink sink = new ScriptedSink();

    @TempDir
    Path folder;

    @Test
    @DisplayName("a mailbox that waits delays no other")
    void aWaitingMailboxDelaysNoOther() throws Exception {
        EngineFixture world =
                new EngineFixture(folder).records(sms("m-1", "hello", "ann", "bob"), sms("m-2", "hello", "bob", "cid"));
        CountDownLatch others = new CountDownLatch(3);
        AtomicInteger waited = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            sink.script.add((s, d) -> {
                if (d.mailbox().id().startsWith("ann")) {
                    waited.addAndGet(others.await(30, TimeUnit.SECONDS) ? 1 : 0);
                } else {
                    others.countDown();
                }
                return s.write(d);
            });
        }

        try (ArchivePipeline pipeline =
                world.pipeline(sink).parallelMailboxes(2).build()) {
            assertThat(pipeline.run().counts()).isEqualTo(new RunCounts(2, 4, 4, 0, 0, 0, 0));
        }
        assertThat(waited).hasValue(1);
    }

    @Test
    @DisplayName("no more deliveries of one mailbox are under way than the sink's traits allow")
    void theTraitsBoundWhatIsUnderWay() throws Exception {
        EngineFixture world = new EngineFixture(folder);
        for (int i = 0; i < 40; i++) {
            world.records(sms("m-" + i, "hello", "ann", "zoe@elsewhere.example"));
        }
        sink.traits = SinkTraits.DEFAULTS.withInFlightPerMailbox(2);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        for (int i = 0; i < 40; i++) {
            sink.script.add((s, d) -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                two.countDown();
                two.await(30, TimeUnit.SECONDS);
                underWay.decrementAndGet();
                return s.write(d);
            });
        }

        try (ArchivePipeline pipeline =
                world.pipeline(sink).parallelMailboxes(4).build()) {
            assertThat(pipeline.run().counts().imported()).isEqualTo(40);
        }
        assertThat(most).hasValue(2);
    }

    @Test
    @DisplayName("invariant 17: an interrupted run ends its threads and leaves nothing half recorded")
    void anInterruptedRunEndsItsThreads() throws Exception {
        EngineFixture world =
                new EngineFixture(folder).records(sms("m-1", "hello", "ann", "bob"), sms("m-2", "hello", "bob", "cid"));
        Thread runner = Thread.currentThread();
        CountDownLatch never = new CountDownLatch(1);
        sink.script.add((s, d) -> {
            s.write(d);
            runner.interrupt();
            never.await();
            return s.write(d);
        });

        try (ArchivePipeline pipeline =
                world.pipeline(sink).parallelMailboxes(3).build()) {
            assertThatThrownBy(pipeline::run).isInstanceOf(InterruptedException.class);
        }
        try (ArchivePipeline pipeline =
                world.pipeline(sink).parallelMailboxes(3).build()) {
            assertThat(pipeline.run().counts().addsUp()).isTrue();
        }
        assertThat(sink.contents().values().stream().mapToInt(List::size).sum()).isEqualTo(4);
        assertThat(world.verifiedTotals().done()).isEqualTo(2);
    }
}

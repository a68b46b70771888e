// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultPlanTest {

    private final IOException broken = new IOException("broken");

    private final InMemorySink mailboxes = new InMemorySink(new ManualClock(Instant.EPOCH));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void onlyTheCallThatIsNamedFailsAndDoesNothing() throws Exception {
        FaultPlan plan = FaultPlan.ofAllCalls().failAt(2, broken);
        FaultySink sink = new FaultySink(mailboxes, plan);

        sink.deliver(Deliveries.of(1));
        assertThatThrownBy(() -> sink.deliver(Deliveries.of(2))).isSameAs(broken);
        sink.deliver(Deliveries.of(3));

        assertThat(mailboxes.attempts())
                .containsOnlyKeys(Deliveries.of(1).key(), Deliveries.of(3).key());
        assertThat(plan.calls()).isEqualTo(3);
    }

    @Test
    void aCallWhoseAnswerIsLostIsDone() throws Exception {
        FaultySink sink = new FaultySink(mailboxes, FaultPlan.ofAllCalls().loseAnswerAt(1));

        assertThatThrownBy(() -> sink.deliver(Deliveries.of(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer of call 1 was lost");

        assertThat(mailboxes.attempts()).containsOnlyKeys(Deliveries.of(1).key());
    }

    @Test
    void anOutageLastsUntilItIsMended() throws Exception {
        FaultPlan plan = FaultPlan.of("find").failFrom(2, broken);
        FaultySink sink = new FaultySink(mailboxes, plan);

        sink.find(Deliveries.of(1));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> sink.find(Deliveries.of(1))).isSameAs(broken);
            sink.deliver(Deliveries.of(1));
        }
        plan.mend();
        sink.find(Deliveries.of(1));

        assertThat(plan.calls()).isEqualTo(5);
    }

    @Test
    void afterACrashEveryPartOfTheProcessIsDead() throws Exception {
        FaultPlan plan = FaultPlan.of("deliver").crashAfter(1);
        FaultySink sink = new FaultySink(mailboxes, plan);
        FaultyStager stager = new FaultyStager(new InMemoryStager(), FaultPlan.ofAllCalls());
        FaultySource source =
                new FaultySource(closingSource(), FaultPlan.ofAllCalls().crashAt(1));

        assertThatThrownBy(() -> sink.deliver(Deliveries.of(1))).isInstanceOf(SimulatedCrash.class);
        assertThat(mailboxes.attempts()).hasSize(1);
        assertThatThrownBy(() -> sink.find(Deliveries.of(1))).isInstanceOf(SimulatedCrash.class);
        assertThat(plan.crashed()).isTrue();
        sink.close();
        stager.put("a", out -> out.write(1)); // a process of its own
        assertThatThrownBy(() -> source.read(Checkpoint.START, 1)).isInstanceOf(SimulatedCrash.class);
        source.close();
        assertThat(closed).isEmpty();
    }

    @Test
    void aStalledCallGoesOnWhenItIsReleased() throws Exception {
        Stall stall = new Stall();
        FaultySink sink = new FaultySink(mailboxes, FaultPlan.ofAllCalls().stallAt(1, stall));
        Future<Object> hanging = threads.submit(() -> sink.deliver(Deliveries.of(1)));

        assertThat(stall.awaitReached(Duration.ofSeconds(30))).isTrue();
        assertThat(hanging).isNotDone();
        sink.deliver(Deliveries.of(2)); // holds nobody else up
        stall.release();

        assertThat(hanging.get()).isNotNull();
        assertThat(mailboxes.attempts()).hasSize(2);
    }

    @Test
    void anInterruptEndsAStallAndWhatHungIsNotDone() throws Exception {
        Stall stall = new Stall();
        FaultPlan plan = FaultPlan.ofAllCalls().stallAt(1, stall).stallAt(2, stall);
        FaultySink sink = new FaultySink(mailboxes, plan);
        FaultySource source = new FaultySource(closingSource(), plan);

        assertThatThrownBy(() -> interrupted(() -> sink.deliver(Deliveries.of(1))))
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> interrupted(() -> source.parse(record()))).isInstanceOf(InterruptedIOException.class);

        assertThat(mailboxes.attempts()).isEmpty();
    }

    /** What a call does in an interrupted thread; throws what it throws. */
    private Object interrupted(Callable<?> call) throws Throwable {
        try {
            return threads.submit(() -> {
                        Thread.currentThread().interrupt();
                        return call.call();
                    })
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    void callsOfSeveralThreadsAreCountedOnceEach() throws Exception {
        FaultPlan plan = FaultPlan.ofAllCalls();
        for (int call = 10; call <= 1_000; call += 10) {
            plan.failAt(call, broken);
        }
        FaultyMapper mapper = new FaultyMapper((person, at) -> Mapping.external(), plan);
        AtomicInteger failed = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            all.add(threads.submit(() -> {
                for (int i = 0; i < 250; i++) {
                    try {
                        mapper.map(person(), Instant.EPOCH);
                    } catch (IOException e) {
                        failed.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (Future<?> thread : all) {
            thread.get();
        }

        assertThat(plan.calls()).isEqualTo(1_000);
        assertThat(failed).hasValue(100);
    }

    @Test
    void aBatchFailsAsAWhole() throws Exception {
        InMemorySink batching =
                new InMemorySink(new ManualClock(Instant.EPOCH), new SinkTraits(1 << 20, Duration.ZERO, 1, 10));
        FaultySink sink = new FaultySink(
                batching, FaultPlan.of("deliverAll").loseAnswerAt(1).failAt(2, ArchiveException.retry("busy", null)));

        assertThat(sink.deliverAll(List.of(Deliveries.of(1), Deliveries.of(2))))
                .hasSize(2)
                .allMatch(outcome -> outcome instanceof DeliveryOutcome.Unknown);
        assertThat(sink.deliverAll(List.of(Deliveries.of(3))))
                .hasSize(1)
                .allMatch(outcome -> outcome instanceof DeliveryOutcome.NotWritten);
        assertThat(batching.attempts()).hasSize(2);
    }

    @Test
    void aLedgerThatFailedIsDeadUntilItIsOpenedAgain() {
        Ledger ledger = new FaultyLedger(emptyLedger(), FaultPlan.of("totals").failAt(2, broken));

        assertThat(ledger.totals("a").listed()).isZero();
        assertThatThrownBy(() -> ledger.totals("a"))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP))
                .hasCause(broken);
        assertThatThrownBy(() -> ledger.packKnown("a", "b")).isInstanceOf(ArchiveException.class);
    }

    @Test
    void aLedgerThatRefusedLivesOn() {
        FencedException refusal = new FencedException("another worker leads");
        Ledger ledger = new FaultyLedger(emptyLedger(), FaultPlan.ofAllCalls().failAt(1, refusal));

        assertThatThrownBy(() -> ledger.packKnown("a", "b")).isSameAs(refusal);
        assertThat(ledger.packKnown("a", "b")).isFalse();
    }

    @Test
    void anEmailMayFailWhileItIsWritten() throws Exception {
        FaultyConverter converter = new FaultyConverter(
                new EmlMessageConverter(ConnectorProfile.cellTrust("a")),
                FaultPlan.of("writeTo").failAt(1, broken));
        SourceItem item =
                SourceItem.builder("1", "SMS", Instant.EPOCH).sender(person()).build();

        var message = converter.convert(item, ItemKey.of("a", item), record());

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> message.eml().writeTo(out)).isSameAs(broken);
        assertThat(out.size()).isZero();
        message.eml().writeTo(out);
        assertThat(out.size()).isPositive();
    }

    @Test
    void aPageWhoseAnswerIsLostIsClosed() throws Exception {
        FaultySource source =
                new FaultySource(closingSource(), FaultPlan.of("read").loseAnswerAt(1));

        assertThatThrownBy(() -> source.read(Checkpoint.START, 1)).isInstanceOf(IOException.class);
        assertThat(closed).containsExactly("page");
    }

    @Test
    void plansThatCanNeverHappenAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> FaultPlan.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultPlan.ofAllCalls().failAt(0, broken));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultPlan.ofAllCalls().failAt(1, new Exception("checked")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultPlan.ofAllCalls().failAt(1, broken).crashAt(1));
        UserMapper mapper = (person, at) -> Mapping.external();
        assertThatIllegalArgumentException().isThrownBy(() -> new FaultyMapper(mapper, FaultPlan.of("mapp")));
        assertThatIllegalArgumentException().isThrownBy(() -> new FaultyLedger(emptyLedger(), FaultPlan.of("comit")));
    }

    private final List<String> closed = new ArrayList<>();

    private SourceAdapter closingSource() {
        return new SourceAdapter() {
            @Override
            public SourcePage read(Checkpoint after, int maxRecords) {
                SourcePage page = SourcePage.of(List.of(), after, false);
                return new SourcePage() {
                    @Override
                    public List<RawRecord> records() {
                        return page.records();
                    }

                    @Override
                    public Checkpoint next() {
                        return page.next();
                    }

                    @Override
                    public boolean more() {
                        return page.more();
                    }

                    @Override
                    public void close() {
                        closed.add("page");
                    }
                };
            }

            @Override
            public SourceItem parse(RawRecord record) {
                throw new AssertionError("is never reached");
            }

            @Override
            public void close() {
                closed.add("source");
            }
        };
    }

    private static Ledger emptyLedger() {
        return (Ledger) Proxy.newProxyInstance(
                FaultPlanTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    boolean asksTotals = method.getName().equals("totals");
                    return asksTotals
                            ? new ItemTotals(0, 0, 0, 0, 0, 0)
                            : method.getReturnType() == boolean.class ? false : null;
                });
    }

    private static Participant person() {
        return Participant.ofPhone(ParticipantRole.FROM, "12125550101");
    }

    private static RawRecord record() {
        return new RawRecord("text/plain", Content.ofUtf8("r"), "1");
    }
}

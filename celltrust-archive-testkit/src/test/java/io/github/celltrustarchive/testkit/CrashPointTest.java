// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrashPointTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    @Test
    void historyEndsAtEachOfItsStepsAndNothingHappensAfter() throws Exception {
        CrashPoint counter = CrashPoint.never();
        assertThat(history(counter)).containsExactlyInAnyOrder("put", "delivered", "acknowledged", "deleted");
        assertThat(counter.steps()).isEqualTo(10);
        assertThat(counter.crashed()).isFalse();

        List<Integer> effects = new ArrayList<>();
        for (long step = 1; step <= counter.steps(); step++) {
            effects.add(history(CrashPoint.at(step)).size());
        }
        // read; put; find; deliver; acknowledge; delete: before and after each change
        assertThat(effects).containsExactly(0, 0, 1, 1, 1, 2, 2, 3, 3, 4);
    }

    @Test
    void stepsAreCountedFromOne() {
        assertThatThrownBy(() -> CrashPoint.at(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyLedgerCallReachesTheLedgerOrDies() throws Exception {
        List<String> reached = new ArrayList<>();
        InvocationHandler recorder = (proxy, method, arguments) -> {
            reached.add(method.getName());
            return method.getReturnType() == long.class ? 0L : method.getReturnType() == boolean.class ? false : null;
        };
        Ledger ledger =
                (Ledger) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Ledger.class}, recorder);
        CrashPoint dead = CrashPoint.at(1);
        assertThatThrownBy(() -> dead.pass("x")).isInstanceOf(SimulatedCrash.class);

        for (Method method : Ledger.class.getMethods()) {
            reached.clear();
            Object[] arguments = arguments(method);
            method.invoke(new CrashingLedger(ledger, CrashPoint.never()), arguments);
            assertThat(reached).containsExactly(method.getName());
            if (!method.getName().equals("close")) {
                assertThatThrownBy(() -> method.invoke(new CrashingLedger(ledger, dead), arguments))
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCauseInstanceOf(SimulatedCrash.class);
                assertThat(reached).hasSize(1);
            }
        }
        reached.clear();
        new CrashingLedger(ledger, dead).close();
        assertThat(reached).isEmpty();
    }

    private static Object[] arguments(Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == int.class) {
                arguments[i] = 1;
            } else if (type == long.class) {
                arguments[i] = 1L;
            } else {
                arguments[i] = null;
            }
        }
        return arguments;
    }

    @Test
    void sleepMovesTheClock() throws InterruptedException {
        ManualSleeper sleeper = new ManualSleeper(clock);
        sleeper.sleep(Duration.ofSeconds(7));

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(7));
        assertThat(sleeper.slept()).containsExactly(Duration.ofSeconds(7));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> sleeper.sleep(Duration.ZERO)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void sourceIsReadPageByPageAndRepeatably() throws IOException {
        InMemorySource source = new InMemorySource(List.of(record(1), record(2), record(3)), r -> {
            throw new IOException("not parsed here");
        });

        SourcePage first = source.read(Checkpoint.START, 2);
        assertThat(first.records()).extracting(RawRecord::locator).containsExactly("1", "2");
        assertThat(first.more()).isTrue();
        assertThat(source.read(Checkpoint.START, 2).next()).isEqualTo(first.next());
        SourcePage second = source.read(first.next(), 2);
        assertThat(second.more()).isFalse();
        SourcePage end = source.read(second.next(), 2);
        assertThat(end.records()).isEmpty();
        assertThat(end.next()).isEqualTo(second.next());
        source.add(record(4));
        assertThat(source.read(end.next(), 2).records()).hasSize(1);
    }

    private Set<String> history(CrashPoint point) throws Exception {
        InMemorySource source = new InMemorySource(List.of(record(1)), r -> {
            throw new IOException("not parsed here");
        });
        InMemoryStager stager = new InMemoryStager();
        InMemorySink sink = new InMemorySink(clock);
        try (CrashingSource crashingSource = new CrashingSource(source, point);
                CrashingStager crashingStager = new CrashingStager(stager, point);
                MailboxSink crashingSink = new CrashingSink(sink, point)) {
            SourcePage page = crashingSource.read(Checkpoint.START, 1);
            StagedObject object = crashingStager.put("a", out -> out.write(1));
            crashingSink.find(Deliveries.of(1));
            crashingSink.deliver(Deliveries.of(1));
            crashingSource.acknowledge(page.next());
            crashingStager.delete(object.uri());
        } catch (SimulatedCrash e) {
            assertThat(e).hasMessageContaining("at step");
        }
        boolean deleted = !source.acknowledged().isEmpty() && stager.names().isEmpty();
        Map<String, Boolean> effects = new TreeMap<>();
        effects.put("put", deleted || !stager.names().isEmpty());
        effects.put("delivered", !sink.messages("id-ann").isEmpty());
        effects.put("acknowledged", !source.acknowledged().isEmpty());
        effects.put("deleted", deleted);
        effects.values().removeIf(happened -> !happened);
        return effects.keySet();
    }

    private static RawRecord record(int number) {
        return new RawRecord("text/plain", Content.ofUtf8("r"), Integer.toString(number));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A sink whose next answers are told beforehand; without a script it writes into lists. */
final class ScriptedSink implements MailboxSink {

    /** What happens instead of an ordinary delivery. */
    @FunctionalInterface
    interface Step {
        Receipt deliver(ScriptedSink sink, Delivery delivery) throws IOException, InterruptedException;
    }

    /** Source ids in each mailbox, in order of arrival. */
    final Map<String, List<String>> mailboxes = new ConcurrentHashMap<>();

    /** Every call, such as {@code deliver ann m-1} or {@code find ann m-1}. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    final List<Step> script = new ArrayList<>();

    /** What the next looks answer, instead of what is there. */
    final List<Lookup> lookups = new ArrayList<>();

    SinkTraits traits = SinkTraits.DEFAULTS;
    private Runnable late = () -> {};

    @Override
    public SinkTraits traits() {
        return traits;
    }

    @Override
    public Receipt deliver(Delivery delivery) throws IOException, InterruptedException {
        calls.add("deliver " + describe(delivery));
        Step step;
        synchronized (script) {
            step = script.isEmpty() ? ScriptedSink::write : script.remove(0);
        }
        return step.deliver(this, delivery);
    }

    /** Writes the message. */
    Receipt write(Delivery delivery) {
        List<String> mailbox = mailbox(delivery);
        mailbox.add(delivery.envelope().sourceId());
        return Receipt.imported(delivery.envelope(), "n-" + mailbox.size());
    }

    /** Writes the message once this time has come: the server is slow, its client long gone. */
    void writeLate(Delivery delivery, Clock clock, Instant time) {
        late = () -> {
            if (!clock.instant().isBefore(time)) {
                late = () -> {};
                write(delivery);
            }
        };
    }

    @Override
    public Lookup find(Delivery delivery) {
        late.run();
        calls.add("find " + describe(delivery));
        synchronized (lookups) {
            if (!lookups.isEmpty()) {
                return lookups.remove(0);
            }
        }
        long copies = mailbox(delivery).stream()
                .filter(delivery.envelope().sourceId()::equals)
                .count();
        if (copies > 1) {
            return Lookup.several(List.of("n-1", "n-2"));
        }
        return copies == 0 ? Lookup.absent() : Lookup.found(Receipt.imported(delivery.envelope(), "n-1"));
    }

    private List<String> mailbox(Delivery delivery) {
        return mailboxes.computeIfAbsent(name(delivery), m -> Collections.synchronizedList(new ArrayList<>()));
    }

    private static String describe(Delivery delivery) {
        return name(delivery) + " " + delivery.envelope().sourceId();
    }

    private static String name(Delivery delivery) {
        String id = delivery.mailbox().id();
        return id.substring(0, id.indexOf('@'));
    }

    /** Mailboxes in the order of their names. */
    Map<String, List<String>> contents() {
        return new TreeMap<>(mailboxes);
    }
}

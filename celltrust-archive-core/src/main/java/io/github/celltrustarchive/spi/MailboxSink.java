// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes messages into mailboxes. A custom sink is {@link #deliver} and {@link #find}.
 *
 * <p><b>Nothing twice.</b> The pipeline commits its intent before it calls {@code deliver} and the outcome after. When it
 * doesn't learn the outcome (the process died, the answer was lost) it calls {@code find}, waits the settle time, calls
 * {@code find} again, and only if the message is absent both times delivers again.
 *
 * <p><b>Identity.</b> A message is known by its {@link Delivery#key()}, or by its item's key, which its EML carries in the
 * archive-key header; not by its Message-ID, which it may lack or share with another. What one instance wrote, any later one
 * finds, whatever the default time zone and locale, and under the same reference as long as nobody moves it. Whatever the
 * envelope's fields hold, it is written or refused for certain.
 *
 * <p><b>Privacy.</b> References, exceptions and {@code toString} show no text, name, number or address.
 *
 * <p><b>Threading.</b> Calls for different mailboxes come from several threads at once; for one mailbox there are never
 * more under way than {@link SinkTraits#inFlightPerMailbox()}.
 */
public interface MailboxSink extends AutoCloseable {

    /**
     * Writes a message into a folder of a mailbox, making the folder if need be. Durable on return.
     *
     * @return what was done, never null; {@code DUPLICATE} if the sink sees that the message is there already
     * @throws ArchiveException only when it is certain that nothing was written, with its remedy
     * @throws IncompleteDeliveryException if part of it was written, with the time where the service asks to wait
     * @throws IOException if the outcome is unknown, and so for every other exception
     * @throws InterruptedException if the calling thread was interrupted; the outcome is unknown
     */
    Receipt deliver(Delivery delivery) throws IOException, InterruptedException;

    /**
     * Looks for a message that an earlier call may have written, in its folder first and then wherever its owner may have
     * moved it. Writes nothing.
     *
     * @return what is there, never null
     * @throws IOException if that can't be told now: asked again later
     * @throws ArchiveException with its remedy
     */
    Lookup find(Delivery delivery) throws IOException, InterruptedException;

    /**
     * Writes several messages into one mailbox; for sinks that are faster so. The default delivers one by one, and after
     * one whose outcome is unknown reports the rest as not written, to be tried again.
     *
     * @param oneMailbox at least one, at most {@link SinkTraits#batchSize()}, all for one mailbox and folder
     * @return one outcome each, in the same order
     * @throws InterruptedException if the calling thread was interrupted; all outcomes are unknown
     */
    default List<DeliveryOutcome> deliverAll(List<Delivery> oneMailbox) throws InterruptedException {
        List<DeliveryOutcome> outcomes = new ArrayList<>(oneMailbox.size());
        boolean goOn = true;
        for (Delivery delivery : oneMailbox) {
            DeliveryOutcome outcome = goOn
                    ? Outcomes.of(this, delivery)
                    : DeliveryOutcome.notWritten(
                            ArchiveException.retry("not tried: the delivery before it has an unknown outcome", null));
            goOn = goOn && !(outcome instanceof DeliveryOutcome.Unknown);
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /** What this sink can take; {@link SinkTraits#DEFAULTS} unless it says otherwise. */
    default SinkTraits traits() {
        return SinkTraits.DEFAULTS;
    }

    /**
     * Looks, before a run, whether mailboxes can be written to: a token is granted, the permissions suffice, the server's clock
     * agrees ({@link Check#clockSkew}). Leaves nothing in any mailbox.
     *
     * @return one entry for each thing looked at, passed ones included; empty by default
     * @throws IOException if it can't be looked at now: reported as a failed check, as every exception is
     */
    default List<Check> preflight() throws IOException, InterruptedException {
        return List.of();
    }

    /** Frees connections. A second call does nothing. */
    @Override
    default void close() throws IOException {}
}

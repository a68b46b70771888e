// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.model.StagedObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of state. The ledger applies a list of them in one transaction, each together with its {@code audit_event} row.
 *
 * <p>Items and mailboxes are named by the ledger's own numbers, as given in {@link OpenItem}, {@link ClaimedDelivery} and
 * {@link MailboxClaim}. Reasons are words for the status log: no secret, no message text, no name, number or address.
 */
public sealed interface Transition {

    /** A pack is durable in the stage. Needs the collect lease. */
    record PackStaged(StagedObject pack) implements Transition {}

    /**
     * An item is staged; every participant of its envelope becomes {@code PENDING}, due at once. Not allowed if its key is
     * recorded already, be it staged, held or excluded. Needs the collect lease.
     *
     * @param revision as in {@link Sighting#revision()}
     * @param raw where the raw record lies
     * @param eml where the EML lies
     */
    record ItemStaged(Envelope envelope, int revision, ContentLocation raw, ContentLocation eml)
            implements Transition {}

    /**
     * A record couldn't be parsed or converted; it is {@code HELD} with its bytes. Needs the collect lease.
     *
     * @param sourceId the source's id, or the locator of a record that couldn't be parsed
     */
    record ItemHeld(ItemKey key, String sourceId, int revision, String reason, ContentLocation raw)
            implements Transition {}

    /** An item is not archived because a rule of the host says so; its raw record is kept. Needs the collect lease. */
    record ItemExcluded(ItemKey key, String sourceId, int revision, String rule, ContentLocation raw)
            implements Transition {}

    /**
     * The page up to {@code to} is recorded. Fails if the stored checkpoint isn't {@code from}. Needs the collect lease.
     *
     * @param records how many records the page held
     * @param replayed how many of them were known already
     */
    record CheckpointMoved(Checkpoint from, Checkpoint to, int records, int replayed) implements Transition {}

    /**
     * A participant's mailbox is known; the delivery is planned, unless another address of the same mailbox has already
     * planned it. Of no effect if the participant is no longer pending or unmapped.
     *
     * @param participant its position in the envelope
     */
    record ParticipantMapped(long item, int participant, Mailbox mailbox, String folder, String rule)
            implements Transition {}

    /** A participant is nobody of the firm's. Of no effect if it is no longer pending or unmapped. */
    record ParticipantExternal(long item, int participant) implements Transition {}

    /** No mailbox was found. Of no effect if the participant is no longer pending or unmapped. */
    record ParticipantUnmapped(long item, int participant, String reason) implements Transition {}

    /** The directory didn't answer. Of no effect if the participant is no longer pending or unmapped. */
    record ParticipantPostponed(long item, int participant, Instant notBefore, String reason) implements Transition {}

    /** Mapping failed for good. Of no effect if the participant is no longer pending or unmapped. */
    record ParticipantHeld(long item, int participant, String reason) implements Transition {}

    /**
     * An attempt is about to begin. Allowed unless one is under way, the message is in the mailbox or the delivery is held.
     * Needs the claim on the mailbox.
     *
     * @param attempt one more than have begun so far, from 1
     */
    record DeliveryIntended(long item, long mailbox, int attempt) implements Transition {}

    /**
     * The message is in the mailbox. Allowed for an attempt under way and for an unknown one. Nothing follows it. Needs the
     * claim on the mailbox.
     */
    record DeliveryConcluded(long item, long mailbox, Receipt receipt) implements Transition {}

    /**
     * Try again later. Allowed unless the delivery is concluded or held. Needs the claim on the mailbox.
     *
     * @param incompleteReference the sink's reference of what is half written, or null if certainly nothing is
     */
    record DeliveryPostponed(
            long item,
            long mailbox,
            Instant notBefore,
            String reason,
            @Nullable String incompleteReference) implements Transition {}

    /**
     * The outcome of the last attempt isn't known. Allowed for an attempt under way and for an unknown one. Needs the claim on
     * the mailbox.
     *
     * @param lookedAt when it was looked for and found absent, or null if it wasn't looked for yet
     * @param notBefore when to look again
     */
    record DeliveryUnknown(
            long item, long mailbox, @Nullable Instant lookedAt, Instant notBefore, String reason)
            implements Transition {}

    /**
     * Set aside until an operator releases it. Allowed unless the delivery is concluded or held. Needs the claim on the
     * mailbox.
     *
     * @param incompleteReference the sink's reference of what is half written, or null
     */
    record DeliveryHeld(
            long item,
            long mailbox,
            String reason,
            @Nullable String incompleteReference) implements Transition {}

    /** Nothing is delivered to this mailbox before that time. Needs the claim on the mailbox. */
    record MailboxPostponed(long mailbox, Instant notBefore, String reason) implements Transition {}

    /** An operator gave a command; changes no state. The audit trail names the operator and what was selected. */
    record CommandGiven(String command, String operator, Selection selection) implements Transition {}

    /**
     * An operator released a held item: from now on it stands for the item {@code to}, which must be recorded already or be
     * recorded by the same commit. That one may have the same key; it then takes this one's place. Needs the collect lease.
     *
     * @param item the held item
     * @param to the item that stands for it
     * @param replayed whether that item was recorded for another record, so that this one is a second reading of it
     * @param operator who released it
     */
    record ItemReleased(long item, ItemIdentity to, boolean replayed, String operator) implements Transition {}

    /**
     * An operator wants this participant's mailbox asked for again: held, unmapped or external becomes pending, due at once.
     * Of no effect if it is mapped or pending.
     */
    record ParticipantReopened(long item, int participant, String operator) implements Transition {}

    /**
     * An operator released a held delivery: it is due at once, and its attempts are counted anew where it matters when to
     * give up. If an attempt was ever begun it is unknown, so that the message is looked for first. What is known of an
     * incomplete write is kept. Of no effect if it isn't held. Needs no claim: nobody works at what is held.
     */
    record DeliveryReleased(long item, long mailbox, String operator) implements Transition {}

    /** Something an operator must look at; changes no state. */
    record AlarmRaised(String what) implements Transition {}

    /**
     * The run is over: its lease and claims are free, and every later call under its fence that changes something throws
     * {@link FencedException}.
     *
     * @param stopped whether it was stopped before its end
     * @param counts its final numbers
     */
    record RunFinished(boolean stopped, RunCounts counts) implements Transition {}
}

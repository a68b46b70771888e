// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a subclass of {@link MailboxSinkContract} says about its sink and the mail store behind it. */
abstract class SinkHooks {

    SinkHooks() {}

    /**
     * A new sink on the mailboxes that this test prepared, which hold no messages at first. Called several times in one test,
     * it stands for a host that was started again: all sinks write into the same mailboxes. The contract closes it.
     */
    protected abstract MailboxSink open() throws Exception;

    /**
     * The folders of a mailbox as somebody sees them who reads the store without the sink; empty for a mailbox that doesn't
     * exist (yet). A store that doesn't know folders without messages lists those that have some.
     */
    protected abstract List<StoredFolder> stored(Mailbox mailbox) throws Exception;

    /** The mailboxes that the sink can write to, at least two. Default: four below the domain {@code contract.example}. */
    protected List<Mailbox> mailboxes() throws Exception {
        return List.of(mailbox("irene.ibis"), mailbox("igor.infante"), mailbox("ines.imhof"), mailbox("isaac.ivory"));
    }

    private static Mailbox mailbox(String name) {
        String address = name + "@contract.example";
        return new Mailbox(address, address);
    }

    /** The profile that messages are made by, to a folder at its path. Default: that of {@code cellTrust("contract")}. */
    protected ConnectorProfile profile() {
        return ConnectorProfile.cellTrust("contract");
    }

    /**
     * Whether the store keeps a message's bytes. Default true: {@link #stored} gives {@link StoredMessage#ofEml}. False for a
     * store that takes messages apart: it gives {@link StoredMessage#ofParts}.
     */
    protected boolean keepsBytes() {
        return true;
    }

    /**
     * Time passes in the store, such as a sink's {@link SinkTraits#settleTime()}; for stores with a simulated clock. Default:
     * nothing, and no test waits.
     */
    protected void letTimePass(Duration time) throws Exception {}

    /**
     * The owner moves a message that was delivered, and is whole, to another folder of the mailbox, as a mail client does.
     *
     * @return whether it was done; false, the default, skips {@code sink.22}
     */
    protected boolean moveByOwner(Delivery delivery, String folder) throws Exception {
        return false;
    }

    /**
     * Another copy of a message that was delivered turns up in its folder, as after a race of two workers.
     *
     * @return whether it was done; false, the default, skips {@code sink.23}
     */
    protected boolean addCopy(Delivery delivery) throws Exception {
        return false;
    }

    /**
     * The store refuses every write from now on (quota, permission), and can still be read.
     *
     * @return whether it does; false, the default, skips {@code sink.26}
     */
    protected boolean refuseWrites() throws Exception {
        return false;
    }

    /**
     * The answer to the next write is lost; the write itself takes effect now, later or never, as the worst store of the kind
     * has it.
     *
     * @return whether it will be; false, the default, skips {@code sink.27}
     */
    protected boolean loseAnswer() throws Exception {
        return false;
    }

    /**
     * The store fails when the next delivery, of a message with two attachments, is half written; the deliveries after it
     * succeed.
     *
     * @return whether it will; false, the default, skips {@code sink.28} to {@code sink.30}, for a sink that writes a message
     *     in one step
     */
    protected boolean breakHalfWay() throws Exception {
        return false;
    }

    /**
     * The size in bytes of the attachment of a large message, at least 1. Default 3,300,000: more than many a service takes in
     * one request, such as the 3 MB of Microsoft Graph.
     */
    protected int largeBytes() {
        return 3_300_000;
    }

    /**
     * The size in bytes of the second attachment of the messages that are to be broken half-way, at least 1. Default 20,000;
     * more where the store takes small attachments in one step with the message.
     */
    protected int halfWayBytes() {
        return 20_000;
    }

    /**
     * The store can't be reached from now on (server down, disk gone).
     *
     * @return whether it can't; false, the default, skips {@code sink.31} and {@code sink.42}
     */
    protected boolean makeUnreachable() throws Exception {
        return false;
    }

    /**
     * A mailbox that doesn't exist. Default: none, for a sink that makes mailboxes, which skips {@code sink.32}.
     */
    protected Optional<Mailbox> missingMailbox() throws Exception {
        return Optional.empty();
    }
}

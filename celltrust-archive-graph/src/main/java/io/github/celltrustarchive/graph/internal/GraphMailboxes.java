// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import java.io.IOException;
import java.util.List;

/** The parts of the mailbox sink, put together. May be used by several threads at once. */
public final class GraphMailboxes {

    private final GraphDelivery delivery;
    private final GraphLookup lookup;
    private final GraphChecks checks;
    private final GraphCalls calls;
    private final FolderTree tree;
    private final ArchiveFolders folders;
    private final MessageSearch search;

    public GraphMailboxes(SinkSettings settings) {
        this.calls = GraphCalls.create(
                settings.cloud(),
                settings.tokens(),
                settings.client(),
                settings.limits(),
                settings.deadline(),
                settings.clock(),
                settings.random());
        this.tree = new FolderTree(calls, settings.sleeper());
        this.folders = new ArchiveFolders(tree, settings.clock());
        this.search = new MessageSearch(calls, folders);
        MessageCompletion completion = new MessageCompletion(
                calls,
                new AttachmentUpload(calls, settings.cloud(), settings.clock()),
                new OpenWrites(settings.settleTime(), settings.clock()),
                settings.clock(),
                settings.sleeper());
        MessageWriting writing = writing(settings, calls);
        this.delivery = new GraphDelivery(
                writing, folders, search, completion, new ReadBack(calls, settings.clock()), settings.clock());
        this.lookup = new GraphLookup(writing, search, completion, settings.clock());
        this.checks = new GraphChecks(settings, calls);
    }

    private static MessageWriting writing(SinkSettings settings, GraphCalls calls) {
        MessageCreation json = new JsonCreation(calls, MessageForm.FULL);
        return new MessageWriting(
                new MessageFactory(settings.messages(), settings.temporaryFolder()),
                settings.mimeImport() ? new MimeImport(calls, json) : json,
                new MessageFactory(settings.messages().withReducedFidelity(true), settings.temporaryFolder()),
                new JsonCreation(calls, MessageForm.REDUCED),
                settings.reducedFidelity());
    }

    /** As {@link io.github.celltrustarchive.spi.MailboxSink#deliver}. */
    public Receipt deliver(Delivery what) throws IOException, InterruptedException {
        return delivery.deliver(what);
    }

    /** As {@link io.github.celltrustarchive.spi.MailboxSink#find}. */
    public Lookup find(Delivery what) throws IOException, InterruptedException {
        return lookup.find(what);
    }

    /** As {@link io.github.celltrustarchive.spi.MailboxSink#preflight}. */
    public List<Check> preflight() throws InterruptedException {
        return checks.run();
    }

    /** How it asks Graph. */
    GraphCalls calls() {
        return calls;
    }

    /** How it sees folders. */
    FolderTree tree() {
        return tree;
    }

    /** How it finds its folder. */
    ArchiveFolders folders() {
        return folders;
    }

    /** How it finds messages. */
    MessageSearch search() {
        return search;
    }
}

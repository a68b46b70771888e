// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.graph.AzureBlobStager;
import io.github.celltrustarchive.graph.AzureBlobStagerBuilder;
import io.github.celltrustarchive.graph.EntraCredentials;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.SimulatedFolder;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A tenant on this machine: mailboxes that are new and empty each time, an application that may write to them. */
final class Simulation implements AutoCloseable {

    private static final String CLIENT = "00000000-0000-4000-8000-000000000365";
    private static final String CONTAINER = "celltrust-archive";

    private final GraphSimulator graph;
    private final List<SimulatedMailbox> mailboxes = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final Secret secret = Secret.of(UUID.randomUUID().toString());
    private final Thread atExit = new Thread(this::end, "simulation-exit");
    private @Nullable Azurite azurite;
    private volatile boolean printed;

    private Simulation(GraphSimulator graph) {
        this.graph = graph;
    }

    /** Starts the tenant with these users. */
    static Simulation start(Collection<String> users) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("celltrust-archive-simulation");
        try {
            Simulation simulation = new Simulation(GraphSimulator.start(LoopbackTls.create(folder)));
            simulation.graph.register(CLIENT, simulation.secret.reveal());
            for (String address : users) {
                simulation.addresses.add(address);
                simulation.mailboxes.add(simulation.graph.add(SimulatedUser.of("id-" + address, address)));
            }
            return simulation;
        } finally {
            ArchiveRuns.deleteAll(folder);
        }
    }

    /** The tenant, without a stage. */
    Connection connection() {
        return connection(
                () -> {
                    throw new IllegalStateException("no stage is needed");
                },
                "");
    }

    /** The tenant, and the stage in an emulator of Blob Storage. */
    Connection connection(URI blobEndpoint) {
        AzureBlobStagerBuilder stage = AzureBlobStager.builder(blobEndpoint, CONTAINER)
                .accountKey(Azurite.ACCOUNT, Secret.of(Azurite.KEY))
                .createContainer(true);
        return connection(stage::build, blobEndpoint + "/" + CONTAINER);
    }

    /** The tenant, and the stage in an emulator that is started for it and keeps its data in this folder. */
    Connection connection(Azurite.Programs programs, Path folder) throws IOException, InterruptedException {
        Azurite started = Azurite.start(programs, folder);
        azurite = started;
        return connection(started.endpoint());
    }

    /** The tenant and some other stage. */
    Connection connection(Supplier<Stager> stage, String stagedIn) {
        MicrosoftCloud cloud = MicrosoftCloud.GLOBAL.withGraph(graph.root()).withLogin(graph.root());
        TokenSource tokens = EntraCredentials.clientSecret("simulated.example", CLIENT, secret)
                .tokens(cloud, graph.httpClient(), Clock.systemUTC());
        return new Connection(cloud, tokens, graph.httpClient(), stage, stagedIn);
    }

    /** Shows what is in the mailboxes. */
    void print(PrintWriter screen) {
        printed = true;
        screen.println();
        screen.println("Simulated mailboxes");
        long all = 0;
        long drafts = 0;
        for (int i = 0; i < mailboxes.size(); i++) {
            SimulatedMailbox mailbox = mailboxes.get(i);
            for (SimulatedFolder folder : mailbox.folders()) {
                List<SimulatedMessage> messages = mailbox.messages().stream()
                        .filter(message -> message.folderId().equals(folder.id()))
                        .toList();
                if (!messages.isEmpty()) {
                    print(screen, addresses.get(i), path(mailbox, folder), messages);
                    all += messages.size();
                    drafts += messages.stream().filter(SimulatedMessage::draft).count();
                }
            }
        }
        screen.printf("%d messages in simulated mailboxes, %d of them drafts%n", all, drafts);
        graph.unexpected()
                .forEach(what -> screen.println("The simulator was asked for what Graph doesn't know: " + what));
    }

    private static void print(PrintWriter screen, String address, String path, List<SimulatedMessage> messages) {
        Instant first = messages.stream()
                .map(SimulatedMessage::received)
                .min(Instant::compareTo)
                .orElseThrow();
        Instant last = messages.stream()
                .map(SimulatedMessage::received)
                .max(Instant::compareTo)
                .orElseThrow();
        screen.printf(
                Locale.ROOT,
                "  %-28s %-18s %4d messages, %4d no drafts, %4d read, received %s to %s%n",
                address,
                path,
                messages.size(),
                messages.stream().filter(message -> !message.draft()).count(),
                messages.stream().filter(SimulatedMessage::read).count(),
                first,
                last);
    }

    private static String path(SimulatedMailbox mailbox, SimulatedFolder folder) {
        String parent = mailbox.folders().stream()
                .filter(each -> each.id().equals(folder.parentId()) && each.parentId() != null)
                .findFirst()
                .map(each -> path(mailbox, each) + "/")
                .orElse("");
        String name = folder.displayName();
        return parent + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** Shows what is in the mailboxes, if that hasn't been done: a run that ingests nothing doesn't. */
    void printOnce(PrintWriter screen) {
        if (!printed) {
            print(screen);
        }
    }

    /** Whether everything that was asked for is what Graph knows. */
    boolean clean() {
        return graph.unexpected().isEmpty();
    }

    /** Whether ctrl-c ends everything at once, so that no emulator is left behind. */
    void closeAtExit(boolean value) {
        if (value) {
            Runtime.getRuntime().addShutdownHook(atExit);
        }
    }

    /** Ends the tenant, and the emulator if it was started here. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the machine is ending already
        }
    }

    /** As {@link #close}, wherever it is called from. */
    synchronized void end() {
        graph.close();
        Azurite started = azurite;
        if (started != null) {
            started.close();
        }
    }
}

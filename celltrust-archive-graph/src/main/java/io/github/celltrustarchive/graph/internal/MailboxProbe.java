// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.graph.ProbeReport;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes a message as the sink does, reads everything back, removes it. One run at a time for a mailbox. */
public final class MailboxProbe {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int LOOKS = 30;

    private final SinkSettings settings;
    private final GraphMailboxes sink;
    private final GraphCalls calls;

    public MailboxProbe(SinkSettings settings) {
        this.settings = settings;
        this.sink = new GraphMailboxes(settings);
        this.calls = sink.calls();
    }

    /** As {@link io.github.celltrustarchive.graph.GraphMailboxProbe#run}. */
    public ProbeReport run(String mailbox, boolean large) throws IOException, InterruptedException {
        Delivery delivery = ProbeMessage.of(
                settings.profile(), mailbox, large, settings.clock().instant(), settings.random());
        ProbeFindings findings = new ProbeFindings();
        ProbeRemoval removal = new ProbeRemoval(calls, sink.folders(), sink.search());
        Optional<String> id = Optional.empty();
        try {
            id = Optional.of(write(delivery, findings));
            read(delivery, new MessagePlace(mailbox, id.get()), findings);
        } catch (ArchiveException e) {
            if (id.isEmpty()) {
                removal.remove(delivery, id); // perhaps the folder was made
                throw e;
            }
            trouble(findings, e);
        } catch (IOException e) {
            trouble(findings, e);
        }
        List<String> left = new ArrayList<>(removal.remove(delivery, id));
        if (id.isEmpty()) {
            left.add("perhaps a message whose answer was lost: look into " + delivery.folder() + " in "
                    + settings.settleTime().toSeconds() + " s, and delete it there");
        }
        return new ProbeReport(findings.all(), left);
    }

    private static void trouble(ProbeFindings findings, Exception e) {
        findings.missing("the rest", "", String.valueOf(e.getMessage()), "the probe was broken off");
    }

    /** A message that the sink finds changed is still one to be looked at. */
    private String write(Delivery delivery, ProbeFindings findings) throws IOException, InterruptedException {
        try {
            return sink.deliver(delivery).reference();
        } catch (IncompleteDeliveryException e) {
            findings.missing(
                    "delivery", "a whole message", String.valueOf(e.getMessage()), "the sink would end the run");
            return e.reference();
        }
    }

    private void read(Delivery delivery, MessagePlace place, ProbeFindings findings)
            throws IOException, InterruptedException {
        Patience patience = new Patience(settings.clock(), settings.sleeper());
        String[] ids = Stream.concat(ArchiveProperties.ALL.stream(), Stream.of(ProbeFindings.SIZE))
                .toArray(String[]::new);
        JsonNode found = patience.callNewMessage(
                        calls, GraphRequest.get(place.path() + "?" + GraphJson.expand(ids), place.mailbox()))
                .body();
        JsonNode headers = calls.call(
                        GraphRequest.get(place.path() + "?$select=internetMessageHeaders", place.mailbox()))
                .body();
        try (GraphMessage message =
                new MessageFactory(settings.messages(), settings.temporaryFolder()).make(delivery)) {
            JsonNode sent = message.json();
            findings.message(sent, found);
            findings.dates(sent, found);
            findings.properties(sent, found);
            findings.headers(sent, headers);
            findings.size(
                    message.attachments().stream()
                            .mapToLong(GraphAttachment::size)
                            .sum(),
                    found);
            for (GraphAttachment attachment : message.attachments()) {
                attachment(attachment, place, findings);
            }
        }
        search(delivery, place, findings);
        mark(delivery, findings);
    }

    private void attachment(GraphAttachment sent, MessagePlace place, ProbeFindings findings)
            throws IOException, InterruptedException {
        byte[] expected;
        try (InputStream in = sent.open()) {
            expected = in.readAllBytes();
        }
        Optional<byte[]> found = Optional.empty();
        for (JsonNode each : GraphPages.all(calls, place.path() + "/attachments?$select=id,name", place.mailbox())) {
            if (each.path("name").asText().equals(sent.name())) {
                String path = place.path() + "/attachments/"
                        + GraphRequest.encode(each.path("id").asText());
                JsonNode whole =
                        calls.call(GraphRequest.get(path, place.mailbox())).body();
                found = Optional.of(
                        Base64.getDecoder().decode(whole.path("contentBytes").asText("")));
            }
        }
        findings.add(
                "attachment " + sent.name(),
                expected.length + " bytes",
                found.map(bytes -> bytes.length + " bytes"),
                found.filter(bytes -> Arrays.equals(bytes, expected)).isPresent(),
                "attachments are not kept as they were");
    }

    /** How long it takes until a filter finds the key: after an unknown outcome the sink relies on it. */
    private void search(Delivery delivery, MessagePlace place, ProbeFindings findings)
            throws IOException, InterruptedException {
        String meaning = "the sink's settleTime must be longer than this, or a message may be written twice";
        String mailbox = MessagePlace.mailboxPath(place.mailbox());
        String folder = sink.folders()
                .find(place.mailbox(), delivery.folder())
                .map(id -> mailbox + "/mailFolders/" + GraphRequest.encode(id))
                .orElse(mailbox);
        for (String where : List.of(folder, mailbox)) {
            String what = where.equals(mailbox) ? "key found in the mailbox" : "key found in the folder";
            Instant start = settings.clock().instant();
            boolean found = isFound(delivery, place, where);
            for (int looks = 1; !found && looks < LOOKS; looks++) {
                settings.sleeper().sleep(BETWEEN_LOOKS);
                found = isFound(delivery, place, where);
            }
            Duration took = Duration.between(start, settings.clock().instant());
            Optional<String> answer = found ? Optional.of("after " + took.toMillis() + " ms") : Optional.empty();
            boolean soon = took.compareTo(settings.settleTime()) <= 0;
            findings.add(what, "within " + settings.settleTime().toSeconds() + " s", answer, soon, meaning);
        }
    }

    private boolean isFound(Delivery delivery, MessagePlace place, String where)
            throws IOException, InterruptedException {
        String query = GraphJson.filter(ArchiveProperties.KEY, ArchiveProperties.key(delivery));
        for (JsonNode each : GraphPages.all(calls, where + "/messages?" + query + "&$select=id", place.mailbox())) {
            if (each.path("id").asText().equals(place.id())) {
                return true;
            }
        }
        return false;
    }

    private void mark(Delivery delivery, ProbeFindings findings) throws IOException, InterruptedException {
        String path = delivery.folder();
        String mailbox = delivery.mailbox().id();
        Optional<String> folder = sink.folders().find(mailbox, path);
        Optional<String> marked = path.regionMatches(true, 0, "Inbox/", 0, 6) && path.indexOf('/', 6) < 0
                ? sink.tree().marked(mailbox, FolderTree.INBOX, "folder:" + path)
                : folder; // a deeper folder is looked for by name only
        findings.add(
                "folder found by its mark",
                path,
                marked.map(id -> path),
                marked.equals(folder),
                "a folder that its owner renamed is made anew by the next process");
    }
}

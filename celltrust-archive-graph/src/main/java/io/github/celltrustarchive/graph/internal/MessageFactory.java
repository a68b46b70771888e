// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns staged emails into what Microsoft Graph takes. The same delivery, settings and library give the same message. Memory
 * is bounded by the inline budget and the header limits, not by the size of attachments. May be used by several
 * threads at once.
 */
final class MessageFactory {

    /** What the original is called. */
    static final String ORIGINAL_NAME = "message.eml";

    /** Graph takes 4 MB; the archive state and what HTTP adds want some room. */
    private static final long MAX_REQUEST = 3_900_000;

    /** Names and types of an attachment in JSON. */
    private static final int ATTACHMENT_OVERHEAD = 2_500;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MessageSettings settings;
    private final Path temporaryFolder;

    /** Emails over 256 KiB are copied to {@code temporaryFolder}, which exists, while they are open. */
    MessageFactory(MessageSettings settings, Path temporaryFolder) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.temporaryFolder = Objects.requireNonNull(temporaryFolder, "temporaryFolder");
    }

    /** What it was made with. */
    MessageSettings settings() {
        return settings;
    }

    /**
     * The message of a delivery; whoever asks closes it. There is no email of which no message can be made: one that can't
     * be taken apart is attached whole.
     *
     * @throws IOException if the staged email, or the temporary file, can't be read or written now; nothing has been sent
     */
    GraphMessage make(Delivery delivery) throws IOException {
        EmlMessage eml = EmlMessage.open(delivery.eml(), temporaryFolder);
        try {
            return make(delivery, eml);
        } catch (IOException | RuntimeException e) {
            eml.close();
            throw e;
        }
    }

    private GraphMessage make(Delivery delivery, EmlMessage eml) throws IOException {
        Set<MessageNote> notes = EnumSet.noneOf(MessageNote.class);
        EmlPart root = root(eml, notes);
        EmlParts parts = root == null ? null : EmlParts.of(root, notes);
        if (notes.contains(MessageNote.UNREADABLE)) {
            requireReadable(eml.whole()); // a failing disk looks like an email that can't be taken apart
        }
        MessageBody body = MessageBody.of(parts, notes, ORIGINAL_NAME);
        TransportHeader header = TransportHeader.read(eml.whole(), notes);
        MessageJson writer = new MessageJson(settings, delivery, root, notes);
        ObjectNode json = writer.write(body, header);
        boolean original = settings.attachOriginal() || notes.stream().anyMatch(MessageNote::needsOriginal);
        List<GraphAttachment> found = attachments(parts, body);
        if (original) {
            found.add(new GraphAttachment(found.size(), ORIGINAL_NAME, "message/rfc822", null, false, eml.whole()));
        }
        return ordered(eml, writer, json, found, original);
    }

    private static @Nullable EmlPart root(EmlMessage eml, Set<MessageNote> notes) {
        try {
            return eml.root();
        } catch (MessagingException | RuntimeException e) {
            notes.add(MessageNote.UNREADABLE);
            return null;
        }
    }

    private static void requireReadable(Content content) throws IOException {
        try (InputStream in = content.open()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static List<GraphAttachment> attachments(@Nullable EmlParts parts, MessageBody body) {
        List<GraphAttachment> all = new ArrayList<>();
        Set<String> shown = body.contentIds();
        for (EmlParts.FilePart file : parts == null ? List.<EmlParts.FilePart>of() : parts.files()) {
            String contentId = AttachmentNames.contentId(file.part());
            all.add(new GraphAttachment(
                    all.size(),
                    file.name(),
                    AttachmentNames.contentType(file.type()),
                    contentId,
                    contentId != null && shown.contains(contentId),
                    file.content()));
        }
        return all;
    }

    /** Puts those that fit into the first request in front, otherwise in the order of the email, the original last. */
    private GraphMessage ordered(
            EmlMessage eml, MessageJson writer, ObjectNode json, List<GraphAttachment> found, boolean original)
            throws IOException {
        long request = MAX_REQUEST - JSON.writeValueAsBytes(json).length;
        long budget = settings.inlineBudget();
        List<GraphAttachment> ordered = new ArrayList<>();
        List<GraphAttachment> later = new ArrayList<>();
        for (GraphAttachment attachment : found) {
            long encoded = (attachment.size() + 2) / 3 * 4 + ATTACHMENT_OVERHEAD;
            if (attachment.size() <= budget && encoded <= request) {
                budget -= attachment.size();
                request -= encoded;
                ordered.add(attachment.at(ordered.size()));
            } else {
                later.add(attachment);
            }
        }
        int inCreate = ordered.size();
        later.forEach(attachment -> ordered.add(attachment.at(ordered.size())));
        writer.writeState(!later.isEmpty());
        return new GraphMessage(eml, json, ordered, inCreate, original);
    }
}

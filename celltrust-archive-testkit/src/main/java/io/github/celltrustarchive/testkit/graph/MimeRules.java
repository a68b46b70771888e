// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Messages from MIME. Created with a message's address they are drafts of now, whatever they say themselves; imported they are
 * none: delivered now, sent when their {@code Date} says.
 */
final class MimeRules {

    private static final int MAX_LINE = 998;

    private final Simulation simulation;
    private final int silentLimit;

    /** A message from MIME. */
    private record Read(
            ObjectNode json,
            Map<String, String> headers,
            List<MimePart> attachments,
            @Nullable Instant date) {}

    MimeRules(Simulation simulation, int silentLimit) {
        this.simulation = simulation;
        this.silentLimit = silentLimit;
    }

    /** What is answered 200 with nothing and does nothing, as was seen with large messages. */
    boolean refusesSilently(byte[] body) {
        return body.length > silentLimit;
    }

    SimulatedMessage create(SimulatedMailbox mailbox, String folderId, byte[] body, boolean draft) throws Refusal {
        byte[] mime = decode(body);
        Instant now = simulation.now();
        try {
            Read read = read(mime);
            Set<String> custom = new TreeSet<>(read.headers().keySet());
            custom.removeIf(name -> !name.toLowerCase(Locale.ROOT).startsWith("x-"));
            mailbox.define(Set.of(), custom);
            Map<String, String> properties = new LinkedHashMap<>();
            if (!draft) {
                properties.put("Integer 0x0E07", "0");
                Instant date = read.date();
                if (date != null) {
                    properties.put("SystemTime 0x0039", date.toString());
                }
            }
            SimulatedMessage message = new SimulatedMessage(
                    mailbox.nextNumber(),
                    folderId,
                    now,
                    new SimulatedMessage.Parts(
                            read.json(),
                            properties,
                            read.headers(),
                            draft,
                            false,
                            simulation.store().keep(mime)));
            for (MimePart part : read.attachments()) {
                attach(message, part, mailbox, now);
            }
            mailbox.add(message);
            return message;
        } catch (MessagingException | IOException e) {
            throw Refusal.badRequest("ErrorMimeContentInvalid", "The MIME content is invalid.");
        }
    }

    private static byte[] decode(byte[] body) throws Refusal {
        byte[] mime;
        try {
            String text = new String(body, StandardCharsets.ISO_8859_1).replaceAll("[\r\n]", "");
            mime = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }
        String text = new String(mime, StandardCharsets.ISO_8859_1);
        boolean bareLineFeeds = text.replace("\r\n", "").contains("\n");
        if (mime.length == 0 || bareLineFeeds || text.lines().anyMatch(line -> line.length() > MAX_LINE)) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "were unable to deserialize ");
        }
        return mime;
    }

    private static Read read(byte[] mime) throws MessagingException, IOException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mime));
        ObjectNode json = GraphJson.object();
        String subject = message.getSubject();
        json.put("subject", subject == null ? "" : subject);
        if (message.getMessageID() != null) {
            json.put("internetMessageId", message.getMessageID());
        }
        people(json, "toRecipients", message.getRecipients(Message.RecipientType.TO));
        people(json, "ccRecipients", message.getRecipients(Message.RecipientType.CC));
        people(json, "replyTo", message.getHeader("Reply-To") == null ? null : message.getReplyTo());
        Address[] from = message.getFrom();
        if (from != null && from.length > 0) {
            json.set("from", person(from[0]));
            json.set("sender", person(message.getSender() == null ? from[0] : message.getSender()));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.putIfAbsent(header.getName(), header.getValue().replaceAll("\r\n[ \t]", " "));
        }
        List<MimePart> attachments = new ArrayList<>();
        collect(message, json, attachments);
        Instant date =
                message.getSentDate() == null ? null : message.getSentDate().toInstant();
        return new Read(json, headers, attachments, date);
    }

    /** The first text is the body, HTML before plain text; all else is attached. */
    private static void collect(MimePart part, ObjectNode json, List<MimePart> attachments)
            throws MessagingException, IOException {
        boolean attached = Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
        if (!attached && part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart each = parts.getBodyPart(i);
                if (each instanceof MimePart mimePart) {
                    collect(mimePart, json, attachments);
                }
            }
            return;
        }
        boolean html = part.isMimeType("text/html");
        boolean free = !json.has("body")
                || (html && "text".equals(json.path("body").path("contentType").asText()));
        if (!attached && (html || part.isMimeType("text/plain")) && free) {
            json.putObject("body")
                    .put("contentType", html ? "html" : "text")
                    .put("content", String.valueOf(part.getContent()));
        } else {
            attachments.add(part);
        }
    }

    private void attach(SimulatedMessage message, MimePart part, SimulatedMailbox mailbox, Instant now)
            throws MessagingException, IOException {
        ContentStore.Content content;
        try (InputStream in = part.getInputStream()) {
            content = simulation.store().keep(in.readAllBytes());
        }
        String name = part.getFileName();
        String contentId = part.getContentID();
        SimulatedAttachment attachment = new SimulatedAttachment(
                "att-" + mailbox.nextNumber(),
                name == null ? "unnamed" : name,
                part.getContentType().split(";", -1)[0].strip().toLowerCase(Locale.ROOT),
                content.size(),
                content.sha256(),
                Part.INLINE.equalsIgnoreCase(part.getDisposition()),
                contentId == null ? null : contentId.replaceAll("^<|>$", ""));
        message.attach(attachment, content, now);
    }

    private static void people(ObjectNode json, String field, Address @Nullable [] people) {
        ArrayNode list = json.putArray(field);
        for (Address person : people == null ? new Address[0] : people) {
            list.add(person(person));
        }
    }

    private static ObjectNode person(Address person) {
        ObjectNode json = GraphJson.object();
        ObjectNode address = json.putObject("emailAddress");
        if (person instanceof InternetAddress internet) {
            String name = internet.getPersonal();
            address.put("name", name == null ? internet.getAddress() : name).put("address", internet.getAddress());
        }
        return json;
    }

    /** What it was created from, or something like it; Exchange, too, makes MIME anew. */
    static byte[] mimeOf(SimulatedMessage message) {
        byte[] mime = message.mime();
        if (mime.length > 0) {
            return mime;
        }
        StringBuilder text = new StringBuilder();
        message.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        text.append("Message-ID: ").append(message.internetMessageId()).append("\r\n");
        text.append("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
        text.append(message.json().path("body").path("content").asText());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

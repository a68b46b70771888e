// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an item as an email: headers, the two alternatives of its text, attachments. */
final class MessageLayout {

    /** Properties of an item that have a header of their own; the others stand in the HTML table. */
    private static final Map<String, String> PROPERTY_HEADERS = Map.of(
            "carrier", "Carrier",
            "network", "Network",
            "status", "Status",
            "account", "Account",
            "duration", "Duration",
            "note", "Source-Note");

    private static final int MAX_DETAIL = 1_000;

    private final ConnectorProfile profile;
    private final String prefix;
    private final MailAddresses addresses;
    private final ThreadIds threads;

    MessageLayout(ConnectorProfile profile, ThreadIds threads) {
        this.profile = profile;
        this.prefix = profile.headerPrefix() + "-";
        this.addresses = new MailAddresses(profile);
        this.threads = threads;
    }

    void write(OutputStream stream, SourceItem item, Envelope envelope, String sourceSha256) throws IOException {
        EmlWriter out = new EmlWriter(stream);
        List<String> notes = new ArrayList<>();
        addressHeaders(out, item, notes);
        out.header("Date", MailDates.format(item.sentAt()));
        out.header("Subject", envelope.subject());
        out.structured("Message-ID", List.of(String.valueOf(envelope.messageId())), "");
        if (item.relatedId() != null) {
            out.structured("In-Reply-To", List.of(threads.anchor(item.relatedId())), "");
        }
        out.structured("References", threads.references(item), "");
        out.header("MIME-Version", "1.0");
        extensionHeaders(out, item, envelope, sourceSha256, notes);
        body(out, item, envelope);
        out.flush();
    }

    private void addressHeaders(EmlWriter out, SourceItem item, List<String> notes) throws IOException {
        out.structured("From", List.of(addresses.mailbox(item.sender())), "");
        addressHeader(out, "To", item, ParticipantRole.TO);
        addressHeader(out, "Cc", item, ParticipantRole.CC);
        addressHeader(out, "Bcc", item, ParticipantRole.BCC);
        if (item.participants().stream().anyMatch(MailAddresses::hasUnusableEmail)) {
            notes.add("an email address is not an addr-spec and has a stand-in");
        }
    }

    private void addressHeader(EmlWriter out, String name, SourceItem item, ParticipantRole role) throws IOException {
        List<String> mailboxes = item.recipients().stream()
                .filter(r -> r.role() == role)
                .map(addresses::mailbox)
                .toList();
        if (!mailboxes.isEmpty()) {
            out.structured(name, mailboxes, ",");
        }
    }

    private void extensionHeaders(
            EmlWriter out, SourceItem item, Envelope envelope, String sourceSha256, List<String> notes)
            throws IOException {
        Map<String, @Nullable String> headers = new LinkedHashMap<>();
        headers.put("Message-Id", item.sourceId());
        headers.put("Conversation-Id", item.conversationId());
        headers.put("Type", item.kind());
        headers.put("Direction", item.direction().name().toLowerCase(Locale.ROOT));
        headers.put("Archive-Key", envelope.key().hex());
        headers.put("Email", joined(item.participants(), Participant::email));
        headers.put("Event-Time", item.sentAt().toString());
        headers.put("Received-Time", text(item.receivedAt()));
        headers.put("Delivered-Time", text(item.deliveredAt()));
        headers.put("Read-Time", text(item.readAt()));
        headers.put("Related-Id", item.relatedId());
        headers.put("Sender-Number", item.sender().phone());
        headers.put("Recipient-Numbers", joined(item.recipients(), Participant::phone));
        PROPERTY_HEADERS.keySet().stream()
                .sorted()
                .forEach(p ->
                        headers.put(PROPERTY_HEADERS.get(p), item.properties().get(p)));
        headers.put("Source-SHA256", sourceSha256);
        headers.put("Converter", "celltrust-archive-eml/1");
        for (Map.Entry<String, @Nullable String> header : headers.entrySet()) {
            String value = header.getValue();
            if (value != null && !value.isEmpty() && out.header(prefix + header.getKey(), value)) {
                notes.add(header.getKey() + " neutralised or cut");
            }
        }
        if (!notes.isEmpty()) {
            out.header(prefix + "Note", String.join("; ", notes));
        }
    }

    private void body(EmlWriter out, SourceItem item, Envelope envelope) throws IOException {
        // "=_" occurs in neither base64 nor quoted-printable, and a plain body has no line that starts with "--"
        String boundary = "=_" + envelope.key().hex().substring(0, 32);
        if (item.attachments().isEmpty()) {
            alternatives(out, boundary, item);
            return;
        }
        String outer = boundary + "_mixed";
        out.ascii("Content-Type: multipart/mixed;\r\n boundary=\"" + outer + "\"\r\n\r\n--" + outer + "\r\n");
        alternatives(out, boundary, item);
        for (int i = 0; i < item.attachments().size(); i++) {
            out.ascii("--" + outer + "\r\n");
            attachment(out, item.attachments().get(i), envelope.attachments().get(i), i + 1);
        }
        out.ascii("--" + outer + "--\r\n");
    }

    private void alternatives(EmlWriter out, String boundary, SourceItem item) throws IOException {
        out.ascii(
                "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n");
        TextBody.write(out, "plain", item.text());
        out.ascii("--" + boundary + "\r\n");
        TextBody.write(out, "html", HtmlBody.of(item.text(), details(item)));
        out.ascii("--" + boundary + "--\r\n");
    }

    private void attachment(EmlWriter out, Attachment attachment, AttachmentSummary summary, int number)
            throws IOException {
        String name = AttachmentHeaders.fileName(attachment, number).text();
        if (summary.leftOut()) {
            TextBody.write(
                    out,
                    "plain",
                    "This attachment is over the size that the archive's policy allows in an email. It is kept whole beside"
                            + " the source record in the archive's stage.\nFile name: " + name + "\nSize: "
                            + summary.size()
                            + " bytes\nSHA-256: " + summary.sha256());
            return;
        }
        AttachmentHeaders.write(out, AttachmentHeaders.mediaType(attachment), name);
        out.base64(attachment.content());
        if (summary.size() == 0) {
            out.crlf();
        }
    }

    private Map<String, String> details(SourceItem item) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("From", detail(item.sender()));
        details.put("To", joinedDetails(item.recipients()));
        details.put(
                "Sent",
                item.sentAt()
                        + (profile.zone() == null ? "" : " (" + item.sentAt().atZone(profile.zone()) + ")"));
        putTime(details, "Received", item.receivedAt());
        putTime(details, "Delivered", item.deliveredAt());
        putTime(details, "Read", item.readAt());
        details.put("Type", Subjects.kind(item));
        put(details, "Conversation", item.conversationId());
        put(details, "About", item.relatedId());
        item.properties()
                .forEach((name, value) -> put(details, CleanText.of(name, 60).text(), value));
        details.values().removeIf(String::isEmpty);
        return details;
    }

    private static void put(Map<String, String> details, String name, @Nullable String value) {
        if (value != null) {
            details.put(name, CleanText.of(value, MAX_DETAIL).text());
        }
    }

    private static void putTime(Map<String, String> details, String name, @Nullable Instant time) {
        put(details, name, text(time));
    }

    private static String joinedDetails(List<Participant> participants) {
        return CleanText.of(
                        participants.stream().map(MessageLayout::detail).collect(Collectors.joining(", ")),
                        4 * MAX_DETAIL)
                .text();
    }

    private static String detail(Participant participant) {
        StringBuilder detail = new StringBuilder(MailAddresses.label(participant));
        for (String more : new String[] {participant.phone(), participant.email()}) {
            String clean = more == null ? "" : CleanText.of(more, 120).text();
            if (!clean.isEmpty() && !clean.contentEquals(detail)) {
                detail.append(" · ").append(clean);
            }
        }
        return detail.toString();
    }

    private static String joined(List<Participant> participants, Function<Participant, @Nullable String> field) {
        return participants.stream()
                .map(field)
                .filter(v -> v != null && !v.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}

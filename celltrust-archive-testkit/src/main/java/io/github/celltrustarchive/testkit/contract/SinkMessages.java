// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Messages to deliver, made as the pipeline makes them. */
final class SinkMessages {

    private static final Instant FIRST = Instant.parse("2026-11-20T14:03:27Z");
    private static final int LEFT_OUT_FROM = 1_000;

    private final ConnectorProfile profile;

    SinkMessages(ConnectorProfile profile) {
        this.profile = profile;
    }

    /** An ordinary message, other than those with other numbers. */
    SinkMessage ordinary(int number) throws IOException {
        return rendered(item(number, number).build(), profile);
    }

    /** Messages {@code from} to {@code to - 1}. */
    List<SinkMessage> ordinary(int from, int to) throws IOException {
        SinkMessage[] messages = new SinkMessage[to - from];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = ordinary(from + i);
        }
        return List.of(messages);
    }

    /** A message that differs from {@link #ordinary(int)} in nothing but its id. */
    SinkMessage twinOf(int number) throws IOException {
        return rendered(item(number, number + 500_000).build(), profile);
    }

    SinkMessage withAttachments(int number, Content... attachments) throws IOException {
        return rendered(withFiles(number, attachments), profile);
    }

    /** A message of whose two attachments one is left out, because it is over the size policy. */
    SinkMessage partial(int number) throws IOException {
        ConnectorProfile strict = new ConnectorProfile(
                profile.name(),
                profile.folder(),
                profile.messageClass(),
                profile.headerPrefix(),
                profile.zone(),
                profile.ownedDomains(),
                new SizePolicy(LEFT_OUT_FROM, profile.sizePolicy().maxMessageBytes()),
                profile.domain());
        return rendered(withFiles(number, bytes(100), bytes(LEFT_OUT_FROM + 1)), strict);
    }

    /** A message each of whose fields is hostile. */
    List<SinkMessage> hostile() throws IOException {
        SinkMessage[] messages =
                HostileValues.items().stream().map(this::renderedUnchecked).toArray(SinkMessage[]::new);
        return List.of(messages);
    }

    /** An email that passes through, with these lines at its head. */
    SinkMessage passedThrough(int number, String... headerLines) throws IOException {
        SourceItem item = item(number, number).build();
        String eml = String.join("\r\n", headerLines) + (headerLines.length == 0 ? "" : "\r\n")
                + "From: <ann.lee@contract.example>\r\n"
                + "To: <bob.ray@contract.example>\r\n"
                + "Date: Fri, 20 Nov 2026 14:03:27 +0000\r\n"
                + "Subject: Minutes\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n"
                + "\r\n"
                + item.text() + "\r\n";
        return converted(item, new RawRecord("message/rfc822", Content.ofUtf8(eml), "email-" + number), profile);
    }

    /** Bytes that look like nothing in particular, the same at every call. */
    static Content bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Content.of(bytes);
    }

    private static SourceItem withFiles(int number, Content... attachments) {
        SourceItem.Builder item = item(number, number);
        for (int i = 0; i < attachments.length; i++) {
            item.attachment(new Attachment("file-" + i + ".bin", "application/octet-stream", attachments[i]));
        }
        return item.build();
    }

    private static SourceItem.Builder item(int number, int id) {
        return SourceItem.builder("contract-" + id, "SMS", FIRST.plusSeconds(number))
                .direction(Direction.OUTBOUND)
                .sender(new Participant(
                        ParticipantRole.FROM, "Ann Lee", "+12125550101", "ann.lee@contract.example", false))
                .recipient(new Participant(ParticipantRole.TO, "Bob Ray", "+12125550199", null, true))
                .conversationId("conversation-1")
                .text("Wordnumber" + number + " gr\u00fc\u00dft \u6f22\u5b57");
    }

    private SinkMessage renderedUnchecked(SourceItem item) {
        try {
            return rendered(item, profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SinkMessage rendered(SourceItem item, ConnectorProfile profile) throws IOException {
        byte[] record = item.sourceId().getBytes(StandardCharsets.UTF_8);
        return converted(item, new RawRecord("application/json", Content.of(record), "record"), profile);
    }

    private static SinkMessage converted(SourceItem item, RawRecord raw, ConnectorProfile profile) throws IOException {
        ItemKey key = ItemKey.of(profile.name(), item);
        ConvertedMessage message = new EmlMessageConverter(profile).convert(item, key, raw);
        List<Content> attachments = item.attachments().stream()
                .map(Attachment::content)
                .filter(content -> content.size() <= profile.sizePolicy().maxAttachmentBytes())
                .toList();
        return new SinkMessage(item, message.envelope(), Content.of(Bytes.of(message.eml())), attachments);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.MessageConverter;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The base for a converter whose author would rather fill a {@link MimeMessage} than write an email's bytes: one method
 * to write.
 *
 * <pre>{@code
 * final class ShortConverter extends JakartaMailConverter {
 *     ShortConverter(ConnectorProfile profile) {
 *         super(profile);
 *     }
 *
 *     @Override
 *     protected void fill(MimeMessage message, SourceItem item) throws MessagingException {
 *         message.setSubject("Message of " + item.sender().displayName());
 *         message.setText(item.text());
 *     }
 * }
 * }</pre>
 *
 * <p><b>Who writes what.</b> The author gives subject, further fields and body. The base writes the fields that make the
 * email findable and true: {@code From} to {@code References}, those with the profile's header prefix, {@code X-Mms-…} and
 * the MIME fields, all as {@link EmlMessageConverter} does. Setting one of those throws {@link IllegalArgumentException}. Behind
 * the author's body it attaches the item's attachments, or the notes of those over the size policy. A record of type
 * {@code message/rfc822} passes through untouched, and {@link #fill} isn't called.
 *
 * <p><b>How it is written.</b> The message and its parts only collect: the mail library never turns them into bytes, because
 * it lets line breaks into headers, makes boundaries from the time, and depends on system properties ({@code mail.mime.…}). So
 * whatever {@link #fill} puts into them, no value begins another field, lines are 7-bit, end in CRLF and have at most 998
 * characters, and the same item gives the same bytes. Attachments and data sources stream: they are never in memory as a
 * whole.
 *
 * <p>May be used by several threads at once if {@link #fill} may.
 */
public abstract class JakartaMailConverter implements MessageConverter {

    private static final Subjects SUBJECTS = new Subjects(Subjects.DEFAULT, Map.of());

    private final ConnectorProfile profile;

    /** A converter for this profile. */
    protected JakartaMailConverter(ConnectorProfile profile) {
        this.profile = Objects.requireNonNull(profile, "profile");
    }

    /**
     * Fills the message of one item. Deterministic: no clock, no random number, nothing but the item.
     *
     * <p>What a message takes: a subject, if it shall differ from {@link EmlMessageConverter}'s default; the fields {@code Comments},
     * {@code Importance}, {@code Keywords}, {@code Priority}, {@code Sensitivity} and {@code X-…}, each once; and a
     * body: {@code setText} (any charset given is UTF-8 in the email), {@code setContent} with a text, bytes or a
     * {@code MimeMultipart} (mixed, alternative or related) of parts from {@link #newBodyPart()}, or {@code setDataHandler} on
     * a data source that can be read several times. Values are plain text: the base encodes them, so they aren't given
     * encoded.
     *
     * @param message empty; used only during this call
     * @param item never changed
     * @throws MessagingException holds the item; if its cause is an {@link IOException}, the page is tried again instead
     * @throws IOException the page is tried again later
     */
    protected abstract void fill(MimeMessage message, SourceItem item) throws MessagingException, IOException;

    /**
     * A new part for a {@code MimeMultipart}; others are refused, because what they hold depends on the host's system
     * properties. Takes text, bytes, a multipart or a data source like the message; a file name, any name (the reader gets one
     * that can be saved anywhere); {@code attachment} or {@code inline}; a Content-ID in angle brackets; a description.
     */
    protected static MimeBodyPart newBodyPart() {
        return new FilledPart();
    }

    /**
     * Has the message filled, and decides everything about its bytes. Reads attachments and data sources.
     *
     * @throws IOException if one of them can't be read now
     * @throws IllegalStateException which holds the item, if {@link #fill} left no body or used foreign parts
     * @throws ArchiveException with remedy {@code HOLD} if the sent time isn't in the years 1900 to 9999, or if what {@link #fill} put
     *     into the body is over the profile's size policy
     */
    @Override
    public final ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(raw, "raw");
        if (MediaTypes.isEmail(raw.mediaType())) {
            return PassThrough.convert(profile, item, key, raw);
        }
        String date = Times.rfc5322(item.sentAt());
        Set<Note> notes = EnumSet.noneOf(Note.class);
        FilledMessage message = new FilledMessage(profile.headerPrefix(), notes);
        fillChecked(message, item);
        FilledBody body = FilledBody.of(message.filled(), key, profile.sizePolicy(), notes);
        AttachmentParts parts = new AttachmentParts(profile, key, body.size(), false, notes);
        List<AttachmentSummary> summaries = parts.addAll(item.attachments());
        String given = message.getSubject();
        String subject = given.isEmpty() ? SUBJECTS.of(item, ZoneOffset.UTC, notes) : given;
        ItemHeader fields = new ItemHeader(profile, item, key, KnownProperties.of(item.properties()), notes);
        HeaderFields header = new HeaderFields(notes);
        fields.writeStandard(header, subject, date);
        fields.writeExtensions(header, DigestedContent.of(raw.bytes()).sha256(), () -> message.writeTo(header));
        FilledBody whole = body.with(parts.all(), key);
        header.fixed("MIME-Version", "1.0");
        whole.describe(header);
        byte[] bytes = header.toByteArray();
        return new ConvertedMessage(Envelope.of(key, item, fields.messageId(), subject, summaries), out -> {
            EmlWriter eml = new EmlWriter(out);
            eml.write(bytes, bytes.length);
            whole.write(eml);
            eml.endLine();
            eml.flush();
        });
    }

    private void fillChecked(FilledMessage message, SourceItem item) throws IOException {
        try {
            fill(message, item);
        } catch (MessagingException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException("the message can't be filled now", cause);
            }
            throw ArchiveException.hold(
                    "the message couldn't be filled: correct the converter and release the item", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.MessageConverter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The rules of {@link MessageConverter}, {@code converter.N} of {@code docs/rules.md}. The contract brings its own items.
 *
 * <pre>{@code
 * class MyConverterContractTest extends MessageConverterContract {
 *
 *     protected MessageConverter converter() {
 *         return new MyConverter(ConnectorProfile.cellTrust("contract"));
 *     }
 * }
 * }</pre>
 */
public abstract class MessageConverterContract {

    private static final List<String> AT_MOST_ONCE = List.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "message-id",
            "in-reply-to",
            "references",
            "subject",
            "date",
            "mime-version",
            "content-type",
            "content-transfer-encoding");
    private static final String TEXT = "Markerword gr\u00fc\u00dft \u6f22\u5b57";

    /** For subclasses. */
    protected MessageConverterContract() {}

    /** A new converter, configured as every other. */
    protected abstract MessageConverter converter() throws Exception;

    /** The record that an item is said to come from. Default: a short one of type {@code application/json}. */
    protected RawRecord raw(SourceItem item) throws Exception {
        return new RawRecord("application/json", Content.ofUtf8("{\"a\":1}"), "record-1");
    }

    /**
     * Whether the email is made of the item. Default true; false, for a converter that passes the raw record through, skips
     * the rules about what is in the email.
     */
    protected boolean rendersItems() {
        return true;
    }

    @Test
    @Rule("converter.1")
    public final void converter01_convertingAgainGivesTheSameEmailAndEnvelope() throws Exception {
        MessageConverter converter = converter();
        ConvertedMessage first = convert(converter, ordinary());
        ConvertedMessage second = convert(converter, ordinary());
        assertEquals(first.envelope(), second.envelope(), "envelope of the same item");
        assertArrayEquals(Bytes.of(first.eml()), Bytes.of(second.eml()), "email of the same item");
    }

    @Test
    @Rule("converter.2")
    public final void converter02_anEmailCanBeWrittenAgainAndAgain() throws Exception {
        ConvertedMessage message = convert(converter(), ordinary());
        assertArrayEquals(Bytes.of(message.eml()), Bytes.of(message.eml()), "an email that is written again");
    }

    @Test
    @Rule("converter.3")
    @ResourceLock(Resources.TIME_ZONE)
    @ResourceLock(Resources.LOCALE)
    public final void converter03_anEmailIsTheSameInEveryZoneAndLocale() throws Exception {
        MessageConverter converter = converter();
        byte[] here = eml(converter, ordinary());
        for (byte[] there : Elsewhere.inOtherZonesAndLocales(() -> eml(converter, ordinary()))) {
            assertArrayEquals(here, there, "an email that is made with another default time zone and locale");
        }
    }

    @Test
    @Rule("converter.4")
    public final void converter04_severalThreadsConvertAtOnce() throws Exception {
        MessageConverter converter = converter();
        byte[] alone = eml(converter, ordinary());
        for (byte[] together : Elsewhere.inThreads(20, () -> eml(converter, ordinary()))) {
            assertArrayEquals(alone, together, "an email that is made by several threads at once");
        }
    }

    @Test
    @Rule("converter.5")
    public final void converter05_anotherConverterGivesTheSameEmail() throws Exception {
        assertArrayEquals(
                eml(converter(), ordinary()), eml(converter(), ordinary()), "an email that a new converter makes");
    }

    @Test
    @Rule("converter.6")
    public final void converter06_theEnvelopeHasTheKeyGiven() throws Exception {
        assertEquals(
                key(ordinary()), convert(converter(), ordinary()).envelope().key(), "key of the envelope");
    }

    @Test
    @Rule("converter.7")
    public final void converter07_theEnvelopeSaysWhatTheItemSays() throws Exception {
        for (SourceItem item : List.of(ordinary(), HostileValues.item("\r\n \ud800"))) {
            Envelope envelope = convert(converter(), item).envelope();
            assertEquals(item.sourceId(), envelope.sourceId(), "source id");
            assertEquals(item.kind(), envelope.kind(), "kind");
            assertEquals(item.direction(), envelope.direction(), "direction");
            assertEquals(item.conversationId(), envelope.conversationId(), "conversation id");
            assertEquals(item.sentAt(), envelope.sentAt(), "sent time");
            assertEquals(
                    Objects.requireNonNullElse(item.receivedAt(), item.sentAt()),
                    envelope.receivedAt(),
                    "received time");
            assertEquals(item.participants(), envelope.participants(), "participants");
        }
    }

    @Test
    @Rule("converter.8")
    public final void converter08_theEnvelopeHasTheDigestsOfTheAttachments() throws Exception {
        List<AttachmentSummary> summaries =
                convert(converter(), ordinary()).envelope().attachments();
        List<Attachment> attachments = ordinary().attachments();
        assertEquals(attachments.size(), summaries.size(), "attachments in the envelope");
        for (int i = 0; i < summaries.size(); i++) {
            DigestedContent content = DigestedContent.of(attachments.get(i).content());
            assertEquals(attachments.get(i).fileName(), summaries.get(i).fileName(), "file name");
            assertEquals(attachments.get(i).mediaType(), summaries.get(i).mediaType(), "media type");
            assertEquals(content.size(), summaries.get(i).size(), "size");
            assertEquals(content.sha256(), summaries.get(i).sha256(), "SHA-256");
        }
    }

    @Test
    @Rule("converter.9")
    public final void converter09_theEnvelopeHasTheMessageIdOfTheEmail() throws Exception {
        ConvertedMessage message = convert(converter(), ordinary());
        String id = message.envelope().messageId();
        assertEquals(
                id == null ? List.of() : List.of(id),
                ReadMail.of(Bytes.of(message.eml())).header("Message-ID"),
                "Message-ID");
    }

    @Test
    @Rule("converter.10")
    public final void converter10_theEmailCarriesTheArchiveKeyOnce() throws Exception {
        ReadMail mail = ReadMail.of(eml(converter(), ordinary()));
        List<String> keys = new ArrayList<>();
        for (String name : mail.headerNames()) {
            if (name.endsWith("-archive-key")) {
                keys.addAll(mail.header(name));
            }
        }
        assertEquals(List.of(key(ordinary()).hex()), keys, "fields whose name ends in -Archive-Key");
    }

    @Test
    @Rule("converter.11")
    public final void converter11_linesEndInCrLf() throws Exception {
        requireRendering("converter.11");
        for (SourceItem item : all()) {
            byte[] eml = eml(converter(), item);
            for (int i = 0; i < eml.length; i++) {
                boolean bare = eml[i] == '\n' ? i == 0 || eml[i - 1] != '\r' : eml[i] == '\r' && at(eml, i + 1) != '\n';
                assertFalse(bare, "a CR or LF alone, at byte " + i);
            }
        }
    }

    @Test
    @Rule("converter.12")
    public final void converter12_linesHaveAtMost998Octets() throws Exception {
        requireRendering("converter.12");
        for (SourceItem item : all()) {
            int length = 0;
            for (byte octet : eml(converter(), item)) {
                length = octet == '\n' || octet == '\r' ? 0 : length + 1;
                assertTrue(length <= 998, "a line of more than 998 octets (RFC 5322 section 2.1.1)");
            }
        }
    }

    @Test
    @Rule("converter.13")
    public final void converter13_anEmailIsSevenBit() throws Exception {
        requireRendering("converter.13");
        for (SourceItem item : all()) {
            for (byte octet : eml(converter(), item)) {
                assertTrue(octet > 0, "an octet that is 0 or over 127 (RFC 2045 section 2.7)");
            }
        }
    }

    @Test
    @Rule("converter.14")
    public final void converter14_noValueChangesTheStructure() throws Exception {
        requireRendering("converter.14");
        String shape = ReadMail.of(eml(converter(), HostileValues.item("word"))).shape();
        for (SourceItem item : HostileValues.items()) {
            ReadMail mail = ReadMail.of(eml(converter(), item));
            assertEquals(shape, mail.shape(), "tree of parts");
            assertFalse(mail.fields().contains(HostileValues.FIELD.toLowerCase(Locale.ROOT)), "an injected field");
            List<String> names = mail.headerNames();
            for (String name : AT_MOST_ONCE) {
                assertTrue(names.indexOf(name) == names.lastIndexOf(name), () -> "more than one field " + name);
            }
        }
    }

    @Test
    @Rule("converter.15")
    public final void converter15_theTextCanBeReadInTheEmail() throws Exception {
        requireRendering("converter.15");
        assertTrue(ReadMail.of(eml(converter(), ordinary())).text().contains(TEXT), "the item's text in a text part");
    }

    @Test
    @Rule("converter.16")
    public final void converter16_attachmentsAreInTheEmailByteForByte() throws Exception {
        requireRendering("converter.16");
        ConvertedMessage message = convert(converter(), ordinary());
        List<String> digests = new ArrayList<>();
        for (byte[] content : ReadMail.of(Bytes.of(message.eml())).contents()) {
            digests.add(DigestedContent.of(Content.of(content)).sha256());
        }
        for (int i = 0; i < ordinary().attachments().size(); i++) {
            boolean leftOut = message.envelope().attachments().get(i).leftOut();
            String sha256 = DigestedContent.of(ordinary().attachments().get(i).content())
                    .sha256();
            assertTrue(leftOut || digests.contains(sha256), "an attachment that isn't in the email as it was");
        }
    }

    @Test
    @Rule("converter.17")
    public final void converter17_theDateIsWhenTheMessageWasSent() throws Exception {
        requireRendering("converter.17");
        assertEquals(
                List.of(ordinary().sentAt()),
                ReadMail.of(eml(converter(), ordinary())).dates(),
                "Date, to the second (RFC 5322 section 3.6.1)");
    }

    @Test
    @Rule("converter.18")
    public final void converter18_anotherKeyMakesAnotherMessageId() throws Exception {
        requireRendering("converter.18");
        MessageConverter converter = converter();
        String one = converter
                .convert(ordinary(), new ItemKey("1".repeat(64)), raw(ordinary()))
                .envelope()
                .messageId();
        String other = converter
                .convert(ordinary(), new ItemKey("2".repeat(64)), raw(ordinary()))
                .envelope()
                .messageId();
        assertNotEquals(one, other, "Message-IDs of two keys");
    }

    @Test
    @Rule("converter.19")
    public final void converter19_anAttachmentThatCannotBeReadIsAnIOException() throws Exception {
        requireRendering("converter.19");
        Content bytes = Content.ofUtf8("bytes of an attachment ".repeat(500));
        int openings = Integer.MAX_VALUE;
        for (int failing = 1; failing <= openings; failing++) {
            for (long readable : new long[] {0, bytes.size() / 2}) {
                FailingContent content = new FailingContent(bytes, readable, failing);
                boolean failed = failsWithIOException(content);
                assertEquals(content.opened() >= failing, failed, "an IOException of an attachment was swallowed");
                if (!failed) {
                    openings = failing;
                }
            }
        }
    }

    @Test
    @Rule("converter.20")
    public final void converter20_anErrorOfTheStreamComesThrough() throws Exception {
        ConvertedMessage message = convert(converter(), ordinary());
        assertThrows(IOException.class, () -> message.eml().writeTo(new FullDisk()), "the disk is full");
    }

    @Test
    @Rule("converter.21")
    public final void converter21_theStreamIsLeftOpen() throws Exception {
        boolean[] closed = new boolean[1];
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        convert(converter(), ordinary()).eml().writeTo(out);
        assertFalse(closed[0], "the writer closed a stream that isn't its own");
    }

    private boolean failsWithIOException(Content attachment) throws Exception {
        SourceItem item = ordinary().withAttachments(List.of(new Attachment("a.bin", "application/pdf", attachment)));
        MessageConverter converter = converter();
        RawRecord raw = raw(item);
        try {
            Bytes.of(converter.convert(item, key(ordinary()), raw).eml());
            return false;
        } catch (IOException e) {
            return true;
        } catch (RuntimeException e) {
            return fail(
                    "an attachment that can't be read must give an IOException, not "
                            + e.getClass().getName(),
                    e);
        }
    }

    private void requireRendering(String rule) {
        Capability.require(rendersItems(), rule, "rendersItems() says the record passes through");
    }

    private ConvertedMessage convert(MessageConverter converter, SourceItem item) throws Exception {
        return converter.convert(item, key(item), raw(item));
    }

    private byte[] eml(MessageConverter converter, SourceItem item) throws Exception {
        return Bytes.of(convert(converter, item).eml());
    }

    private static ItemKey key(SourceItem item) throws IOException {
        return ItemKey.of("contract", item);
    }

    private static List<SourceItem> all() {
        List<SourceItem> all = new ArrayList<>(HostileValues.items());
        all.add(ordinary());
        return all;
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] : -1;
    }

    private static SourceItem ordinary() {
        byte[] bytes = new byte[5_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((i * 31) >>> 3);
        }
        return SourceItem.builder("id-1", "MMS", Instant.parse("2026-11-20T23:58:27Z"))
                .direction(Direction.OUTBOUND)
                .receivedAt(Instant.parse("2026-11-20T23:59:27Z"))
                .conversationId("conversation-1")
                .sender(new Participant(ParticipantRole.FROM, "Ann Lee", "+12125550101", "ann.lee@bank.example", false))
                .recipient(new Participant(ParticipantRole.TO, "Bob Ray", "+12125550199", null, true))
                .recipient(Participant.ofEmail(ParticipantRole.CC, "cy@bank.example"))
                .text(TEXT)
                .attachment(new Attachment("photo.png", "image/png", Content.of(bytes)))
                .attachment(new Attachment("note.txt", "text/plain", Content.ofUtf8("One\nTwo\r\nThree\r")))
                .attachment(new Attachment("empty", "application/octet-stream", Content.EMPTY))
                .property("carrier", "rogers")
                .build();
    }

    private static final class FullDisk extends OutputStream {
        private int left = 100;

        @Override
        public void write(int octet) throws IOException {
            if (--left < 0) {
                throw new IOException("no space left");
            }
        }
    }
}

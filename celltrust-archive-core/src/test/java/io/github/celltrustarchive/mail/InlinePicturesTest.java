// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures stand once in the text and stay attachments; all else is attached; what is over a limit is named. */
final class InlinePicturesTest {

    private static final byte[] PICTURE = {1, 2, 3};

    @Test
    void pictureIsShownOnceBelowTheTextAndIsAnAttachment() throws Exception {
        SourceItem item = Samples.sms("hi")
                .attachment(Samples.file("a.png", "image/png", PICTURE))
                .build();
        MimeMessage email = Samples.read(item);
        Multipart related = (Multipart) email.getContent();
        BodyPart picture = related.getBodyPart(1);
        String contentId = picture.getHeader("Content-ID")[0];

        assertThat(email.getContentType()).startsWith("multipart/related; type=\"multipart/alternative\"");
        assertThat(related.getBodyPart(0).getContentType()).startsWith("multipart/alternative");
        assertThat(picture.getDisposition()).isEqualTo(Part.ATTACHMENT);
        assertThat(picture.getFileName()).isEqualTo("a.png");
        assertThat(picture.getInputStream()).hasBinaryContent(PICTURE);
        assertThat(Samples.html(email))
                .containsOnlyOnce("src=\"cid:" + contentId.replaceAll("[<>]", "") + "\" alt=\"a.png\"");
        assertThat(Samples.leaves(email)).hasSize(3);
    }

    @Test
    void digestsInTheEnvelopeAndInTheTextAreThoseOfThePicture() throws Exception {
        SourceItem item = Samples.sms("hi")
                .attachment(Samples.file("a.png", "image/png", PICTURE))
                .build();
        AttachmentSummary summary =
                Samples.convert(item).envelope().attachments().get(0);

        assertThat(summary.leftOut()).isFalse();
        assertThat(summary.sha256())
                .isEqualTo(
                        DigestedContent.of(item.attachments().get(0).content()).sha256());
        assertThat(Samples.html(Samples.read(item)))
                .contains("<bdi>a.png</bdi>, <bdi>image/png, 3 bytes, SHA-256 " + summary.sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/tiff", "image/svg+xml", "image/heic", "image/webp", "text/html", "image/png/x", ""})
    void otherTypesAreOnlyAttached(String type) throws Exception {
        MimeMessage email = Samples.read(
                Samples.sms("hi").attachment(Samples.file("a", type, PICTURE)).build());

        assertThat(email.getContentType()).startsWith("multipart/mixed");
        assertThat(Samples.html(email)).doesNotContain("<img");
    }

    @Test
    void emptyAndHugeAndTooManyPicturesAreOnlyAttached() throws Exception {
        int most = (int) AttachmentParts.MAX_SHOWN_BYTES;
        assertThat(shown(Samples.file("0.png", "image/png", new byte[0]))).isZero();
        assertThat(shown(Samples.file("1.png", "image/png", new byte[most]))).isOne();
        assertThat(shown(Samples.file("2.png", "image/png", new byte[most + 1])))
                .isZero();
        assertThat(shown(IntStream.range(0, AttachmentParts.MAX_SHOWN + 1)
                        .mapToObj(i -> Samples.file(i + ".png", "image/png", PICTURE))
                        .toArray(io.github.celltrustarchive.model.Attachment[]::new)))
                .isEqualTo(AttachmentParts.MAX_SHOWN);
    }

    @Test
    void picturesAndOtherFilesAreAllThereOnce() throws Exception {
        MimeMessage email = Samples.read(Samples.sms("hi")
                .attachment(Samples.file("a.pdf", "application/pdf", PICTURE))
                .attachment(Samples.file("b.jpg", "image/jpeg", PICTURE))
                .attachment(Samples.file("c.jpg", "image/jpg", PICTURE))
                .build());
        List<Part> leaves = Samples.leaves(email);

        assertThat(email.getContentType()).startsWith("multipart/mixed");
        assertThat(leaves.subList(2, leaves.size()))
                .extracting(Part::getFileName)
                .containsExactly("b.jpg", "c.jpg", "a.pdf");
    }

    @Test
    void hostCanHaveAllPicturesAsAttachmentsOnly() throws Exception {
        EmlMessageConverter converter = EmlMessageConverter.builder(Samples.PROFILE)
                .inlinePictures(false)
                .build();
        SourceItem item = Samples.sms("hi")
                .attachment(Samples.file("a.png", "image/png", PICTURE))
                .build();
        MimeMessage email = Samples.parse(Samples.bytes(Samples.convert(converter, item)));

        assertThat(email.getContentType()).startsWith("multipart/mixed");
        assertThat(Samples.html(email)).doesNotContain("<img");
    }

    @ParameterizedTest
    @CsvSource({
        "10, 100, 10, false", // as large as an attachment may be
        "10, 100, 11, true",
        "100, 12, 10, false", // with two bytes of text exactly the message's limit
        "100, 12, 11, true",
        "0, 100, 0, false",
        "0, 100, 1, true",
    })
    void limitsBelongToWhatIsAllowed(long maxAttachment, long maxMessage, int size, boolean leftOut) throws Exception {
        SourceItem item = Samples.sms("hi")
                .attachment(Samples.file("a.png", "image/png", new byte[size]))
                .build();
        ConvertedMessage message = convert(new SizePolicy(maxAttachment, maxMessage), item);

        assertThat(message.envelope().partial()).isEqualTo(leftOut);
    }

    @Test
    void smallerAttachmentStillFitsBehindOneThatIsLeftOut() throws Exception {
        SourceItem item = Samples.sms("hi")
                .attachment(Samples.file("a", "b/c", new byte[9]))
                .attachment(Samples.file("b", "b/c", new byte[8]))
                .build();

        assertThat(convert(new SizePolicy(100, 10), item).envelope().attachments())
                .extracting(AttachmentSummary::leftOut)
                .containsExactly(true, false);
    }

    @Test
    void noteOfALeftOutAttachmentReadsWell() throws Exception {
        SourceItem item = Samples.sms("hi")
                .attachment(Samples.file("holiday.mp4", "video/mp4", new byte[1_234_567]))
                .build();
        ConvertedMessage message = convert(new SizePolicy(10, 1000), item);
        MimeMessage email = Samples.parse(Samples.bytes(message));
        String sha256 = message.envelope().attachments().get(0).sha256();

        assertThat((String) Samples.leaves(email).get(2).getContent())
                .isEqualTo(
                        "The attachment \"holiday.mp4\" is over the archive's size limit and is not part of this email.\r\n"
                                + "\r\nFile name: holiday.mp4\r\nMedia type: video/mp4\r\nSize: 1,234,567 bytes\r\nSHA-256: "
                                + sha256
                                + "\r\n\r\nNothing is lost: its bytes are kept in the archive's pack, with the raw record of archive key\r\n"
                                + message.envelope().key().hex() + ".\r\n");
        assertThat(Samples.html(email)).contains("SHA-256 " + sha256 + "; over the size limit, not in this email");
    }

    private static int shown(io.github.celltrustarchive.model.Attachment... attachments) throws Exception {
        SourceItem.Builder item = Samples.sms("hi");
        for (var attachment : attachments) {
            item.attachment(attachment);
        }
        return Samples.html(Samples.read(item.build())).split("<img", -1).length - 1;
    }

    private static ConvertedMessage convert(SizePolicy policy, SourceItem item) throws Exception {
        ConnectorProfile profile =
                ConnectorProfile.builder("test").sizePolicy(policy).build();
        return new EmlMessageConverter(profile).convert(item, ItemKey.of("test", item), Samples.raw());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.integration.EmailReaders;
import io.github.celltrustarchive.integration.ExpectedEmail;
import io.github.celltrustarchive.integration.ReadEmail;
import io.github.celltrustarchive.integration.ReadEmail.Header;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds of every email, whatever item it was made from. */
final class SoundEmail {

    static final ConnectorProfile PROFILE = ConnectorProfile.cellTrust("fuzz");
    private static final EmlMessageConverter CONVERTER = new EmlMessageConverter(PROFILE);
    private static final Set<String> STANDARD = Set.of(
            "From",
            "To",
            "Cc",
            "Bcc",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "MIME-Version",
            "Content-Type");
    private static final String NOTE = "X-CellTrust-Note";
    private static final String DIRECTION = "X-CellTrust-Direction";

    private SoundEmail() {}

    /** Converts twice; none if the item may be held, which is for its sent time alone. */
    static Optional<byte[]> of(SourceItem item, RawRecord raw) throws IOException {
        ItemKey key = ItemKey.of(PROFILE.name(), item);
        assertThat(ItemKey.of(PROFILE.name(), item)).isEqualTo(key);
        try {
            byte[] first = bytes(item, key, raw);
            assertThat(bytes(item, key, raw)).isEqualTo(first);
            return Optional.of(first);
        } catch (ArchiveException e) {
            assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD);
            int year = item.sentAt().atOffset(java.time.ZoneOffset.UTC).getYear();
            assertThat(year < 1900 || year > 9999).isTrue();
            return Optional.empty();
        }
    }

    /** Lines, header fields and parts are what the item asks for and nothing else. */
    static void check(SourceItem item, byte[] eml) throws Exception {
        checkLines(eml);
        ReadEmail read = EmailReaders.mime4j(eml);
        List<Header> actual =
                read.headers().stream().filter(h -> !h.name().equals(NOTE)).toList();
        List<Header> expected = ExpectedEmail.headers(item);
        assertThat(actual.stream().map(Header::name))
                .containsExactlyElementsOf(expected.stream().map(Header::name).toList());
        for (int i = 0; i < expected.size(); i++) {
            Header header = expected.get(i);
            boolean shortened = actual.get(i).value().indexOf('\u2026') >= 0; // where to cut has its own tests
            if (!header.value().isEmpty() && !header.name().equals(DIRECTION) && !shortened) {
                assertThat(actual.get(i).value().replaceAll("id-[0-9a-f]{20}", "id"))
                        .as(header.name())
                        .isEqualTo(header.value().replaceAll("id-[0-9a-f]{20}", "id"));
            }
        }
        checkContent(item, read);
    }

    /** As {@link #check}, but of the header only that each field is one of ours, once. */
    static void checkStructure(SourceItem item, byte[] eml) throws Exception {
        checkLines(eml);
        ReadEmail read = EmailReaders.mime4j(eml);
        assertThat(read.headers().stream().map(Header::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("X-CellTrust-") || STANDARD.contains(name));
        checkContent(item, read);
    }

    private static void checkContent(SourceItem item, ReadEmail read) throws Exception {
        assertThat(read.files()).hasSameSizeAs(item.attachments());
        for (int i = 0; i < read.files().size(); i++) {
            try (var in = item.attachments().get(i).content().open()) {
                assertThat(read.files().get(i).sha256()).isEqualTo(EmailReaders.sha256(in.readAllBytes()));
            }
        }
        if (!item.text().isEmpty()) {
            // behind the sentence that says what happened, whose words have their own tests
            assertThat(read.text()).endsWith(ExpectedEmail.utf8(item.text()));
        }
    }

    /** CRLF only, 7-bit, at most 998. */
    private static void checkLines(byte[] eml) {
        int column = 0;
        for (int i = 0; i < eml.length; i++) {
            int b = eml[i];
            boolean end = b == '\r' && i + 1 < eml.length && eml[i + 1] == '\n';
            if (end) {
                i++;
                column = 0;
            } else {
                column++;
                if ((b < 0x20 && b != '\t') || b == 0x7F || column > 998) {
                    throw new AssertionError("byte " + b + " at " + i + ", column " + column);
                }
            }
        }
        assertThat(column).isZero();
    }

    private static byte[] bytes(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CONVERTER.convert(item, key, raw).eml().writeTo(out);
        return out.toByteArray();
    }
}

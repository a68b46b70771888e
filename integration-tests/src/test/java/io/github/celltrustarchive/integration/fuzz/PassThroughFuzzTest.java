// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** An email of somebody else's is archived byte for byte behind one line of ours, or held. */
class PassThroughFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyBytesStayAsTheyAreBehindTheArchiveKey(byte[] bytes) throws IOException {
        SourceItem item = SourceItem.builder("id", "SMS", Instant.EPOCH)
                .sender(Participant.ofPhone(ParticipantRole.FROM, "+12025550100"))
                .build();
        ItemKey key = ItemKey.of(SoundEmail.PROFILE.name(), item);
        RawRecord raw = new RawRecord("message/rfc822", Content.of(bytes), "fuzz:1");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ConvertedMessage message = new EmlMessageConverter(SoundEmail.PROFILE).convert(item, key, raw);
            message.eml().writeTo(out);
            String messageId = message.envelope().messageId();
            assertThat(messageId == null || messageId.chars().allMatch(c -> c > ' ' && c < 0x7F))
                    .isTrue();
            assertThat(message.envelope().subject()).doesNotContain("\r", "\n", "\u0000");
        } catch (ArchiveException e) {
            assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD);
            assertThat(bytes.length > 0 && (bytes[0] == ' ' || bytes[0] == '\t'))
                    .isTrue();
            return;
        }
        byte[] line = ("X-CellTrust-Archive-Key: " + key.hex() + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] expected = Arrays.copyOf(line, line.length + bytes.length);
        System.arraycopy(bytes, 0, expected, line.length, bytes.length);
        assertThat(out.toByteArray()).isEqualTo(expected);
    }
}

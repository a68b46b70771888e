// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\\",
                "\\\\u0000",
                "\u0000",
                "a\u0000b",
                "\ud83d",
                "\ude00",
                "\ude00\ud83d",
                "\ud83d\ude00",
                "\r\n\t\"",
                "\u0661\u202e\ufeff",
                "C:\\new\\u1234"
            })
    void anyTextComesBack(String text) {
        assertThat(LosslessText.decode(LosslessText.encode(text))).isEqualTo(text);
        assertThat(EnvelopeJson.read(Samples.key("s", "c"), "s", EnvelopeJson.write(envelope(text))))
                .isEqualTo(envelope(text));
    }

    @Test
    void randomCharactersComeBackAndAreStorable() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append((char) (random.nextBoolean() ? 0xD800 + random.nextInt(0x800) : random.nextInt(0x10000)));
            }
            String given = text.toString();
            String stored = LosslessText.encode(given);
            assertThat(LosslessText.decode(stored)).isEqualTo(given);
            assertThat(stored).doesNotContain("\u0000");
            assertThat(new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(stored);
            assertThat(EnvelopeJson.read(Samples.key("s", "c"), "s", EnvelopeJson.write(envelope(given))))
                    .isEqualTo(envelope(given));
        }
    }

    @Test
    void envelopeIsStoredInAscii() {
        assertThat(EnvelopeJson.write(envelope("\u0661\ud83d\ude00"))).isASCII();
    }

    private static Envelope envelope(String text) {
        return new Envelope(
                Samples.key("s", "c"),
                "s",
                null,
                text,
                "SMS" + text,
                Direction.INBOUND,
                text,
                Instant.MAX,
                Instant.MIN,
                List.of(
                        new Participant(ParticipantRole.FROM, text, null, text, true),
                        new Participant(ParticipantRole.BCC, null, text, null, false)),
                List.of(new AttachmentSummary(text, text, Long.MAX_VALUE, "0".repeat(64), true)));
    }
}

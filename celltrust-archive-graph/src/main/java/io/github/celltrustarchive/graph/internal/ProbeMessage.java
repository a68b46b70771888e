// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** The message that the probe writes: like an archived one, but made up, and another one each time. */
final class ProbeMessage {

    /** What its body says. */
    static final String TEXT = "A message of a probe. It may be deleted.";

    private static final Duration AGE = Duration.ofDays(400);
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(3);
    private static final int LARGE = 3_500_000; // a session is for 3 MB and more
    private static final String NUMBER = "+12025550100"; // reserved for fiction

    private ProbeMessage() {}

    /** The folder beside the archive's. */
    static String folder(ConnectorProfile profile) {
        return profile.folder() + "-Probe";
    }

    static Delivery of(ConnectorProfile profile, String mailbox, boolean large, Instant now, RandomGenerator random)
            throws IOException {
        Instant sent = now.minus(AGE).truncatedTo(ChronoUnit.SECONDS);
        String id = "probe-" + Long.toHexString(random.nextLong());
        SourceItem.Builder item = SourceItem.builder(id, "SMS", sent)
                .receivedAt(sent.plus(ON_ITS_WAY))
                .conversationId("probe")
                .sender(Participant.ofPhone(ParticipantRole.FROM, NUMBER).withDisplayName("Archive Probe"))
                .recipient(Participant.ofEmail(ParticipantRole.TO, mailbox))
                .text(TEXT)
                .attachment(new Attachment("probe.bin", "application/octet-stream", bytes(random, 2_000)));
        if (large) {
            item.attachment(new Attachment("probe-large.bin", "application/octet-stream", bytes(random, LARGE)));
        }
        return delivery(profile, mailbox, item.build());
    }

    private static Content bytes(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Content.of(bytes);
    }

    private static Delivery delivery(ConnectorProfile profile, String mailbox, SourceItem item) throws IOException {
        ItemKey key = ItemKey.of(profile.name(), item);
        RawRecord raw =
                new RawRecord("text/plain", Content.of(TEXT.getBytes(StandardCharsets.US_ASCII)), item.sourceId());
        ConvertedMessage converted = EmlMessageConverter.builder(profile)
                .inlinePictures(false)
                .attachRawRecord(false)
                .build()
                .convert(item, key, raw);
        ByteArrayOutputStream eml = new ByteArrayOutputStream();
        converted.eml().writeTo(eml);
        String folder = folder(profile);
        return new Delivery(
                DeliveryKey.of(key, mailbox, folder),
                new Mailbox(mailbox, mailbox),
                folder,
                converted.envelope(),
                Content.of(eml.toByteArray()),
                1,
                null);
    }
}

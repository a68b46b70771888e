// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {

    private static final String NAME = "Ann Secret-Name";
    private static final String NUMBER = "+15550100001";
    private static final String ADDRESS = "ann.secret@example.com";
    private static final String TEXT = "the secret text";

    @Test
    @DisplayName("invariant 22: no toString shows a name, number, address or text")
    void toStringShowsNoPersonalData() throws IOException {
        Participant ann = new Participant(ParticipantRole.FROM, NAME, NUMBER, ADDRESS, false);
        SourceItem item = SourceItem.builder("m-1", "SMS", Instant.EPOCH)
                .sender(ann)
                .text(TEXT)
                .attachment(new Attachment(NAME + ".png", "image/png", Content.ofUtf8(TEXT)))
                .build();
        ItemKey key = ItemKey.of("acme", item);
        AttachmentSummary summary = new AttachmentSummary(NAME, "image/png", 1, "0".repeat(64), false);
        Envelope envelope = new Envelope(
                key,
                "m-1",
                null,
                "SMS from " + NAME,
                "SMS",
                Direction.UNKNOWN,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(ann),
                List.of(summary));
        Mailbox mailbox = new Mailbox(ADDRESS, ADDRESS);
        Delivery delivery = new Delivery(
                DeliveryKey.of(key, "id", "Inbox"), mailbox, "Inbox", envelope, Content.ofUtf8(TEXT), 1, null);
        RawRecord raw = new RawRecord("text/plain", Content.ofUtf8(TEXT), Map.of(NAME, Content.EMPTY), "export:1");
        RunFailure failure = new RunFailure("m-1", NUMBER, ADDRESS, "unmapped");

        for (Object value : List.of(
                ann,
                item,
                item.attachments().get(0),
                summary,
                envelope,
                mailbox,
                Mapping.to(mailbox, "csv"),
                delivery,
                raw,
                failure,
                new Checkpoint(TEXT))) {
            assertThat(value.toString()).doesNotContain("ecret", "5550100001");
        }
    }

    @Test
    void aContentThatDeliversAnotherSizeThanItDeclaresIsRefused() {
        Content lying = new Content() {
            @Override
            public InputStream open() throws IOException {
                return Content.ofUtf8("four").open();
            }

            @Override
            public long size() {
                return 5;
            }
        };

        assertThatThrownBy(() -> DigestedContent.of(lying))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hullo", "hell", ""})
    @DisplayName("whoever reads a digested content to its last byte has read the bytes of the digest")
    void bytesThatChangedSinceTheyWereDigestedAreNotHandedOut(String later) throws IOException {
        byte[][] bytes = {"hello".getBytes(StandardCharsets.UTF_8)};
        DigestedContent digested = DigestedContent.of(new Content() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes[0]);
            }

            @Override
            public long size() {
                return bytes[0].length;
            }
        });
        try (InputStream in = digested.open()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello");
        }
        bytes[0] = later.getBytes(StandardCharsets.UTF_8);

        for (Reading reading : List.<Reading>of(
                InputStream::readAllBytes, in -> in.readNBytes(5), in -> in.skipNBytes(5), ModelTest::oneByOne)) {
            try (InputStream in = digested.open()) {
                assertThatThrownBy(() -> reading.read(in))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("changed");
            }
        }
    }

    @Test
    void bytesThatWereAddedSinceAreNotHandedOutEither() throws IOException {
        DigestedContent before = DigestedContent.of(Content.ofUtf8("hello"));
        DigestedContent longer = new DigestedContent(Content.ofUtf8("hello!"), 5, before.sha256(), before.crc32());

        try (InputStream in = longer.open()) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class).hasMessageContaining("changed");
        }
    }

    private static void oneByOne(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // all of them
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read(InputStream in) throws IOException;
    }

    @Test
    void aProfileNamesEveryProblemAtOnce() {
        assertThatThrownBy(() -> ConnectorProfile.builder("a b")
                        .folder("Inbox//x")
                        .messageClass("IPM.")
                        .headerPrefix("CellTrust:")
                        .ownedDomains(List.of("not a domain"))
                        .domain("x")
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "name", "folder", "messageClass", "headerPrefix", "not a domain", "domain must");
    }

    @Test
    void theDefaultProfileIsTheReferenceSystems() {
        ConnectorProfile profile = ConnectorProfile.cellTrust("acme");

        assertThat(profile.folder()).isEqualTo("Inbox/CellTrust");
        assertThat(profile.messageClass("SMS")).isEqualTo("IPM.ExternalData.CellTrust.SMS");
        assertThat(profile.messageClass("..\r\n")).isEqualTo("IPM.ExternalData.CellTrust");
    }

    @Test
    void aRoleIsWhereItBelongs() {
        Participant to = Participant.ofPhone(ParticipantRole.TO, NUMBER);
        SourceItem.Builder builder = SourceItem.builder("m-1", "SMS", Instant.EPOCH);

        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        builder.sender(to).recipient(to.withRole(ParticipantRole.FROM));
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }
}

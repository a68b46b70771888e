// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.interoperability;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.models.Attachment;
import com.microsoft.graph.models.FileAttachment;
import com.microsoft.graph.models.MailFolder;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.users.item.UserItemRequestBuilder;
import io.github.celltrustarchive.graph.EntraCredentials;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.GraphMailboxSinkBuilder;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's SDK reads what the sink wrote, and its models know every property that the sink sent. */
class SinkBySdkTest {

    private static final ConnectorProfile PROFILE = ConnectorProfile.cellTrust("bank");
    private static final Instant SENT = Instant.parse("2026-03-01T12:34:56Z");

    @TempDir
    static Path folder;

    private static LoopbackTls tls;

    private GraphSimulator simulator;
    private UserItemRequestBuilder ann;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @BeforeEach
    void start() throws Exception {
        simulator = GraphSimulator.start(tls);
        simulator.register("app", "right");
        simulator.add(SimulatedUser.of("id-ann", "ann@bank.example"));
        ann = new SdkClient(simulator, tls).graph().users().byUserId("id-ann");
    }

    @AfterEach
    void nothingUnexpectedWasSaidOnEitherSide() {
        assertThat(simulator.unexpected()).isEmpty();
        assertThat(SdkTraffic.requireKnownRequests(simulator)).isPositive();
        assertThat(SdkTraffic.requireKnownAnswers(simulator)).isPositive();
        simulator.close();
    }

    @Test
    void theSdkReadsPeopleTimesTextAndAttachments() throws Exception {
        byte[] small = bytes(1_000);
        byte[] large = bytes(5_000_000);

        sink().build().deliver(delivery(small, large));

        Message message = archived();
        assertThat(message.getIsDraft()).isFalse();
        assertThat(message.getIsRead()).isTrue();
        assertThat(message.getSentDateTime().toInstant()).isEqualTo(SENT);
        assertThat(message.getReceivedDateTime().toInstant()).isEqualTo(SENT);
        assertThat(message.getBody().getContent()).contains("Running late");
        assertThat(message.getFrom().getEmailAddress().getAddress()).contains("12025550123");
        assertThat(message.getToRecipients())
                .singleElement()
                .satisfies(to -> assertThat(to.getEmailAddress().getAddress()).isEqualTo("ann@bank.example"));
        assertThat(content(message, "small.bin")).isEqualTo(small);
        assertThat(content(message, "large.bin")).isEqualTo(large);
    }

    @Test
    void theSdkReadsTheOriginalEmailThatIsAttached() throws Exception {
        Delivery delivery = delivery(bytes(10), bytes(20));

        sink().attachOriginal(true).build().deliver(delivery);

        Message message = archived();
        assertThat(attachments(message))
                .filteredOn(one -> String.valueOf(one.getName()).endsWith(".eml"))
                .singleElement()
                .satisfies(eml -> assertThat(content(message, String.valueOf(eml.getName())))
                        .isEqualTo(bytesOf(delivery.eml())));
    }

    private GraphMailboxSinkBuilder sink() {
        MicrosoftCloud cloud = MicrosoftCloud.GLOBAL.withGraph(simulator.root()).withLogin(simulator.root());
        EntraCredentials credentials = EntraCredentials.clientSecret("contoso.example", "app", Secret.of("right"));
        return GraphMailboxSink.builder(
                        cloud, credentials.tokens(cloud, simulator.httpClient(), Clock.systemUTC()), PROFILE)
                .httpClient(simulator.httpClient())
                .temporaryFolder(folder);
    }

    private Message archived() {
        String parent = "inbox";
        for (String name : PROFILE.folder().replaceFirst("(?i)^inbox/", "").split("/", -1)) {
            List<MailFolder> found = ann.mailFolders()
                    .byMailFolderId(parent)
                    .childFolders()
                    .get(request -> request.queryParameters.filter = "displayName eq '" + name + "'")
                    .getValue();
            assertThat(found).hasSize(1);
            parent = found.get(0).getId();
        }
        List<Message> messages =
                ann.mailFolders().byMailFolderId(parent).messages().get().getValue();
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private List<Attachment> attachments(Message message) {
        return ann.messages()
                .byMessageId(message.getId())
                .attachments()
                .get(request -> request.queryParameters.select = new String[] {"id", "name"})
                .getValue();
    }

    private byte[] content(Message message, String name) {
        String id = attachments(message).stream()
                .filter(one -> name.equals(one.getName()))
                .findFirst()
                .orElseThrow()
                .getId();
        return ((FileAttachment) ann.messages()
                        .byMessageId(message.getId())
                        .attachments()
                        .byAttachmentId(id)
                        .get())
                .getContentBytes();
    }

    private static Delivery delivery(byte[] small, byte[] large) throws IOException {
        SourceItem item = SourceItem.builder("m1", "SMS", SENT)
                .sender(Participant.ofPhone(ParticipantRole.FROM, "+12025550123"))
                .recipient(Participant.ofEmail(ParticipantRole.TO, "ann@bank.example"))
                .text("Running late, start without me. Grüße 👋")
                .attachment(new io.github.celltrustarchive.model.Attachment(
                        "small.bin", "application/octet-stream", Content.of(small)))
                .attachment(new io.github.celltrustarchive.model.Attachment(
                        "large.bin", "application/octet-stream", Content.of(large)))
                .build();
        ItemKey key = ItemKey.of(PROFILE.name(), item);
        RawRecord raw = new RawRecord("text/plain", Content.of("raw".getBytes(StandardCharsets.UTF_8)), "raw");
        ConvertedMessage converted =
                EmlMessageConverter.builder(PROFILE).build().convert(item, key, raw);
        ByteArrayOutputStream eml = new ByteArrayOutputStream();
        converted.eml().writeTo(eml);
        return new Delivery(
                DeliveryKey.of(key, "id-ann", PROFILE.folder()),
                new Mailbox("id-ann", "ann@bank.example"),
                PROFILE.folder(),
                converted.envelope(),
                Content.of(eml.toByteArray()),
                1,
                null);
    }

    private static byte[] bytesOf(Content content) {
        try (var in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.interoperability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.graph.core.models.UploadResult;
import com.microsoft.graph.core.tasks.LargeFileUploadTask;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.AttachmentItem;
import com.microsoft.graph.models.AttachmentType;
import com.microsoft.graph.models.BodyType;
import com.microsoft.graph.models.EmailAddress;
import com.microsoft.graph.models.FileAttachment;
import com.microsoft.graph.models.InternetMessageHeader;
import com.microsoft.graph.models.ItemBody;
import com.microsoft.graph.models.MailFolder;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.models.MessageCollectionResponse;
import com.microsoft.graph.models.Recipient;
import com.microsoft.graph.models.SingleValueLegacyExtendedProperty;
import com.microsoft.graph.models.UploadSession;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.users.item.UserItemRequestBuilder;
import com.microsoft.graph.users.item.mailfolders.item.MailFolderItemRequestBuilder;
import com.microsoft.graph.users.item.mailfolders.item.move.MovePostRequestBody;
import com.microsoft.graph.users.item.messages.item.attachments.createuploadsession.CreateUploadSessionPostRequestBody;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Microsoft's own client works with the simulator, sends nothing that the simulator doesn't know, and finds nothing in its
 * answers that the models, generated from Graph's metadata, don't know.
 */
class GraphSdkTest {

    private static final String KEY = "String {0f3f5a3e-2f5d-4c1b-9a76-6f2f7f0a9c11} Name ArchiveKey";

    @TempDir
    static Path folder;

    private static LoopbackTls tls;

    private GraphSimulator simulator;
    private SimulatedMailbox mailbox;
    private SdkClient sdk;
    private UserItemRequestBuilder ann;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @BeforeEach
    void start() throws Exception {
        simulator = GraphSimulator.start(tls);
        mailbox = simulator.add(SimulatedUser.of("id-ann", "ann@contoso.example"));
        sdk = new SdkClient(simulator, tls);
        ann = sdk.graph().users().byUserId("ann@contoso.example");
    }

    @AfterEach
    void nothingUnexpectedWasSaidOnEitherSide() {
        assertThat(simulator.unexpected()).isEmpty();
        assertThat(SdkTraffic.requireKnownAnswers(simulator)).isPositive();
        SdkTraffic.requireKnownRequests(simulator);
        simulator.close();
    }

    @Test
    void aMessageIsCreatedAsNoDraftReadBackAndFound() {
        Message created = inbox().messages().post(archived("<o'a@b.example>", "key-1"));

        assertThat(created.getIsDraft()).isFalse();
        assertThat(created.getReceivedDateTime()).isEqualTo(OffsetDateTime.parse("2020-01-02T03:04:05Z"));
        assertThat(byFilter("internetMessageId eq '<o''a@b.example>'")).hasSize(1);
        assertThat(byFilter("singleValueExtendedProperties/Any(ep: ep/id eq '" + KEY + "' and ep/value eq 'KEY-1')"))
                .hasSize(1);
        Message read = ann.messages().byMessageId(created.getId()).get(request -> {
            request.queryParameters.select = new String[] {"subject", "body", "internetMessageHeaders"};
            request.queryParameters.expand =
                    new String[] {"singleValueExtendedProperties($filter=id eq '" + KEY + "')", "attachments"};
        });
        assertThat(read.getBody().getContentType()).isEqualTo(BodyType.Html);
        assertThat(read.getBody().getContent()).contains("<p>Grüße</p>");
        assertThat(read.getInternetMessageHeaders())
                .singleElement()
                .satisfies(header -> assertThat(header.getValue()).isEqualTo("v"));
        assertThat(read.getSingleValueExtendedProperties())
                .singleElement()
                .satisfies(property -> assertThat(property.getValue()).isEqualTo("key-1"));
        assertThat(read.getAttachments())
                .singleElement()
                .satisfies(attachment -> assertThat(((FileAttachment) attachment).getContentBytes())
                        .containsExactly(1, 2, 3));
    }

    @Test
    void pagesAreWalkedToTheEnd() throws Exception {
        for (int i = 0; i < 25; i++) {
            inbox().messages().post(archived("<" + i + "@b.example>", "key-" + i));
        }
        List<String> ids = new ArrayList<>();
        new PageIterator.Builder<Message, MessageCollectionResponse>()
                .client(sdk.graph())
                .collectionPage(inbox().messages().get())
                .collectionPageFactory(MessageCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(message -> ids.add(message.getInternetMessageId()))
                .build()
                .iterate();

        assertThat(ids).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void foldersAreMadeFoundRenamedMovedAndMarked() {
        MailFolder wanted = new MailFolder();
        wanted.setDisplayName("CellTrust");
        wanted.setSingleValueExtendedProperties(List.of(property(KEY, "folder")));
        String id = inbox().childFolders().post(wanted).getId();

        List<MailFolder> found = inbox().childFolders()
                .get(request -> {
                    request.queryParameters.filter = "displayName eq 'celltrust'";
                    request.queryParameters.expand =
                            new String[] {"singleValueExtendedProperties($filter=id eq '" + KEY + "')"};
                })
                .getValue();
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.getId()).isEqualTo(id);
            assertThat(one.getSingleValueExtendedProperties()).hasSize(1);
        });
        MailFolder renamed = new MailFolder();
        renamed.setDisplayName("Other");
        assertThat(ann.mailFolders().byMailFolderId(id).patch(renamed).getDisplayName())
                .isEqualTo("Other");
        var move = new MovePostRequestBody();
        move.setDestinationId("deleteditems");
        assertThat(ann.mailFolders().byMailFolderId(id).move().post(move).getParentFolderId())
                .isEqualTo(
                        ann.mailFolders().byMailFolderId("deleteditems").get().getId());
    }

    @Test
    void aLargeFileIsUploadedInSlices() throws Exception {
        byte[] bytes = new byte[7_000_000];
        Arrays.fill(bytes, (byte) 7);
        String id = inbox().messages().post(archived("<a@b.example>", "k")).getId();
        AttachmentItem item = new AttachmentItem();
        item.setAttachmentType(AttachmentType.File);
        item.setName("v.mp4");
        item.setSize((long) bytes.length);
        CreateUploadSessionPostRequestBody body = new CreateUploadSessionPostRequestBody();
        body.setAttachmentItem(item);
        UploadSession session = ann.messages()
                .byMessageId(id)
                .attachments()
                .createUploadSession()
                .post(body);

        UploadResult<FileAttachment> result = new LargeFileUploadTask<>(
                        sdk.anonymous(),
                        session,
                        new ByteArrayInputStream(bytes),
                        bytes.length,
                        12 * 327_680L,
                        FileAttachment::createFromDiscriminatorValue)
                .upload();

        assertThat(result.isUploadSuccessful()).isTrue();
        assertThat(mailbox.messages().get(0).attachments())
                .filteredOn(one -> one.name().equals("v.mp4"))
                .singleElement()
                .satisfies(one ->
                        assertThat(mailbox.messages().get(0).content(one.id())).isEqualTo(bytes));
        assertThat(ann.messages()
                        .byMessageId(id)
                        .attachments()
                        .get(request -> request.queryParameters.select = new String[] {"name", "size"})
                        .getValue())
                .hasSize(2);
    }

    @Test
    void errorsAreGraphsOwn() {
        inbox().childFolders().post(named("CellTrust"));

        assertThatExceptionOfType(ODataError.class)
                .isThrownBy(() -> inbox().childFolders().post(named("CellTrust")))
                .matches(e -> e.getResponseStatusCode() == 409)
                .matches(e -> e.getError().getCode().equals("ErrorFolderExists"));
        assertThatExceptionOfType(ODataError.class)
                .isThrownBy(() -> ann.messages().byMessageId("none").get())
                .matches(e -> e.getError().getCode().equals("ErrorItemNotFound"))
                .matches(e -> e.getError().getInnerError().getDate() != null);
        mailbox.refuseWith(403, "ErrorQuotaExceeded", "Cannot get ID from name.");
        assertThatExceptionOfType(ODataError.class)
                .isThrownBy(() -> ann.messages().get())
                .matches(e -> e.getError().getMessage().equals("Cannot get ID from name."));
    }

    @Test
    void usersAndGroupsAreFound() {
        simulator.group("g", List.of("id-ann"));

        assertThat(sdk.graph()
                        .users()
                        .get(request -> {
                            request.queryParameters.filter = "proxyAddresses/any(p:p eq 'smtp:ann@contoso.example')";
                            request.queryParameters.select = new String[] {"id", "proxyAddresses"};
                        })
                        .getValue())
                .singleElement()
                .satisfies(user -> assertThat(user.getProxyAddresses()).hasSize(1));
        assertThat(sdk.graph()
                        .groups()
                        .byGroupId("g")
                        .transitiveMembers()
                        .graphUser()
                        .get(request -> {
                            request.queryParameters.count = true;
                            request.headers.add("ConsistencyLevel", "eventual");
                        })
                        .getValue())
                .hasSize(1);
        assertThat(ann.get().getUserPrincipalName()).isEqualTo("ann@contoso.example");
    }

    private MailFolderItemRequestBuilder inbox() {
        return ann.mailFolders().byMailFolderId("inbox");
    }

    private List<Message> byFilter(String filter) {
        return ann.messages()
                .get(request -> request.queryParameters.filter = filter)
                .getValue();
    }

    private static Message archived(String messageId, String key) {
        Message message = new Message();
        message.setSubject("SMS from +1 202 555 0100");
        message.setInternetMessageId(messageId);
        message.setIsRead(true);
        ItemBody body = new ItemBody();
        body.setContentType(BodyType.Html);
        body.setContent("<p>Grüße</p>");
        message.setBody(body);
        message.setFrom(recipient("ann@contoso.example"));
        message.setToRecipients(List.of(recipient("bob@contoso.example")));
        InternetMessageHeader header = new InternetMessageHeader();
        header.setName("X-Archive");
        header.setValue("v");
        message.setInternetMessageHeaders(List.of(header));
        FileAttachment file = new FileAttachment();
        file.setOdataType("#microsoft.graph.fileAttachment");
        file.setName("p.png");
        file.setContentType("image/png");
        file.setContentBytes(new byte[] {1, 2, 3});
        message.setAttachments(List.of(file));
        message.setSingleValueExtendedProperties(List.of(
                property("Integer 0x0E07", "1"),
                property("SystemTime 0x0E06", "2020-01-02T03:04:05Z"),
                property("SystemTime 0x0039", "2020-01-02T03:04:00Z"),
                property(KEY, key)));
        return message;
    }

    private static Recipient recipient(String text) {
        EmailAddress address = new EmailAddress();
        address.setAddress(text);
        Recipient recipient = new Recipient();
        recipient.setEmailAddress(address);
        return recipient;
    }

    private static MailFolder named(String name) {
        MailFolder wanted = new MailFolder();
        wanted.setDisplayName(name);
        return wanted;
    }

    private static SingleValueLegacyExtendedProperty property(String id, String value) {
        SingleValueLegacyExtendedProperty property = new SingleValueLegacyExtendedProperty();
        property.setId(id);
        property.setValue(value);
        return property;
    }
}

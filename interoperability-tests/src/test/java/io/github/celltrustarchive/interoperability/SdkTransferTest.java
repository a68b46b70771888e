// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.interoperability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.graph.admin.exchange.mailboxes.item.MailboxItemRequestBuilder;
import com.microsoft.graph.admin.exchange.mailboxes.item.exportitems.ExportItemsPostRequestBody;
import com.microsoft.graph.models.ExportItemResponse;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.users.item.UserItemRequestBuilder;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.EntraCredentials;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's SDK exports and opens an import, and Microsoft's MSAL gets tokens, from the simulator. */
class SdkTransferTest {

    @TempDir
    static Path folder;

    private static LoopbackTls tls;

    private GraphSimulator simulator;
    private SimulatedMailbox mailbox;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @BeforeEach
    void start() throws Exception {
        simulator = GraphSimulator.start(tls);
        mailbox = simulator.add(SimulatedUser.of("id-ann", "ann@contoso.example"));
    }

    @AfterEach
    void stop() {
        assertThat(simulator.unexpected()).isEmpty();
        SdkTraffic.requireKnownAnswers(simulator);
        simulator.close();
    }

    @Test
    void anItemIsExportedAndImportedAgain() throws Exception {
        SdkClient sdk = new SdkClient(simulator, tls);
        UserItemRequestBuilder ann = sdk.graph().users().byUserId("id-ann");
        Message draft = new Message();
        draft.setSubject("a");
        String id = ann.messages().post(draft).getId();
        MailboxItemRequestBuilder exchange = sdk.graph()
                .admin()
                .exchange()
                .mailboxes()
                .byMailboxId(ann.settings().exchange().get().getPrimaryMailboxId());
        ExportItemsPostRequestBody items = new ExportItemsPostRequestBody();
        items.setItemIds(List.of(id, "none"));

        List<ExportItemResponse> exported = exchange.exportItems().post(items).getValue();
        String importUrl = exchange.createImportSession().post().getImportUrl();
        HttpRequest request = HttpRequest.newBuilder(URI.create(importUrl))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper()
                        .createObjectNode()
                        .put("FolderId", "inbox")
                        .put("Mode", "create")
                        .put("Data", exported.get(0).getData())
                        .toString()))
                .build();
        HttpResponse<String> imported = simulator.httpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
        assertThat(exported.get(1).getError().getCode()).isEqualTo("ErrorItemNotFound");
        assertThat(mailbox.messages("inbox")).hasSize(1);
    }

    @Test
    void msalGetsATokenForTheRightSecretAndForTheRightCertificateOnly() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(tls.pkcs12())) {
            store.load(in, tls.password().toCharArray());
        }
        simulator.register("with-secret", "right");
        simulator.register("with-certificate", (X509Certificate) store.getCertificate("loopback"));

        assertThat(token(EntraCredentials.clientSecret("contoso.example", "with-secret", Secret.of("right")))
                        .text())
                .startsWith("canary-token-");
        assertThat(token(EntraCredentials.certificatePkcs12(
                                "contoso.example", "with-certificate", tls.pkcs12(), Secret.of(tls.password())))
                        .text())
                .startsWith("canary-token-");
        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() ->
                        token(EntraCredentials.clientSecret("contoso.example", "with-secret", Secret.of("wrong"))))
                .withMessageContaining("invalid_client, AADSTS7000215");
    }

    private AccessToken token(EntraCredentials credentials) throws Exception {
        MicrosoftCloud cloud = MicrosoftCloud.GLOBAL.withGraph(simulator.root()).withLogin(simulator.root());
        return credentials
                .tokens(cloud, simulator.httpClient(), Clock.systemUTC())
                .token(cloud.graphScope(), null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.AzureBlobStager;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Stager;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage in blob storage against a real Azurite, beyond its contract. */
class AzureBlobStagerTest {

    private static AzuriteServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        server = AzuriteServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whatIsCollectedByOneProcessIsDeliveredByAnother() throws Exception {
        Files.writeString(
                folder.resolve("export.jsonl"),
                "{\"id\":\"m1\",\"kind\":\"SMS\",\"direction\":\"inbound\",\"conversation\":\"c\","
                        + "\"sent\":\"2026-11-20T14:03:27Z\",\"from\":{\"phone\":\"+12025550101\",\"external\":true},"
                        + "\"to\":[{\"email\":\"ann@bank.example\"}],\"text\":\"Running late\"}\n");

        RunReport collected;
        try (ArchivePipeline pipeline = pipeline()) {
            collected = pipeline.collect();
        }
        RunReport delivered;
        try (ArchivePipeline pipeline = pipeline()) {
            delivered = pipeline.deliver();
        }

        assertThat(collected.problems()).isEmpty();
        assertThat(delivered.counts().imported()).isEqualTo(1);
        try (Stream<Path> mail = Files.walk(folder.resolve("mail"))) {
            assertThat(mail.filter(Files::isRegularFile)
                            .filter(f -> f.getParent().endsWith("new")))
                    .singleElement()
                    .satisfies(f -> assertThat(Files.readString(f)).contains("Running late"));
        }
        try (Stager stager = server.stager("pipeline").build();
                Stream<StagedObject> packs = stager.list("sms/")) {
            assertThat(packs)
                    .singleElement()
                    .satisfies(pack -> assertThat(pack.sha256()).isNotNull());
        }
    }

    private ArchivePipeline pipeline() {
        ConnectorProfile profile = ConnectorProfile.builder("sms")
                .ownedDomains(List.of("bank.example"))
                .build();
        return ArchivePipeline.builder(profile)
                .source(JsonLinesSource.of(folder.resolve("export.jsonl")))
                .stager(server.stager("pipeline").build())
                .sink(MaildirSink.builder(folder.resolve("mail")).build())
                .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db"), new DiskStorage(), Clock.systemUTC()))
                .build();
    }

    @Test
    void signatureOfTheContainerIsEnough() throws Exception {
        server.stager("signed").build().preflight();
        server.stager("signed").build().list("").close(); // makes the container

        AzureBlobStager stager = AzureBlobStager.builder(server.endpoint(), "signed")
                .sas(Secret.of(signature("signed", "rcwdl")))
                .blockBytes(1 << 20)
                .build();

        assertThat(stager.preflight()).extracting(Check::status).containsOnly(Check.Status.PASS);
        StagedObject object = stager.put("packs/1.zip", out -> out.write(new byte[3_000_000]));
        assertThat(stager.put("packs/1.zip", out -> out.write(new byte[3_000_000])))
                .isEqualTo(object);
        assertThat(object.uri().toString()).isEqualTo(server.endpoint() + "/signed/packs/1.zip");
    }

    @Test
    void signatureWithoutTheRightToWriteStops() throws Exception {
        server.stager("readable").build().list("").close();
        AzureBlobStager stager = AzureBlobStager.builder(server.endpoint(), "readable")
                .sas(Secret.of(signature("readable", "rl")))
                .build();

        assertThatThrownBy(() -> stager.put("packs/1.zip", out -> out.write(1)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("answered 403 AuthorizationPermissionMismatch")
                .hasMessageContaining("create, write");
        assertThat(stager.preflight())
                .extracting(Check::status)
                .containsExactly(Check.Status.PASS, Check.Status.PASS, Check.Status.FAIL);
    }

    @Test
    void missingContainerStops() {
        AzureBlobStager stager = server.stager("missing").createContainer(false).build();

        assertThatThrownBy(() -> stager.put("packs/1.zip", out -> out.write(1)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("create the container");
        assertThatThrownBy(() -> stager.list("")).isInstanceOf(ArchiveException.class);
    }

    @Test
    void legalHoldThatAzuriteIgnoresIsNoticed() {
        AzureBlobStager stager = server.stager("hold").legalHold(true).build();

        assertThatThrownBy(() -> stager.put("packs/1.zip", out -> out.write(1)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("not with a legal hold, as read back");
    }

    @Test
    void serviceVersionThatTheServiceDoesNotKnowStops() {
        AzureBlobStager stager =
                server.stager("version").serviceVersion("2026-10-06").build();

        assertThatThrownBy(() -> stager.put("packs/1.zip", out -> out.write(1)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("service version");
    }

    @Test
    void tagsAreAccepted() throws Exception {
        AzureBlobStager stager = server.stager("tagged")
                .tags(Map.of("retention class", "7 years"))
                .build();

        assertThat(stager.put("packs/1.zip", out -> out.write(1)).size()).isEqualTo(1);
    }

    @Test
    @Tag("ci")
    void moreThanAPageOfObjectsIsListed() throws Exception {
        AzureBlobStager stager = server.stager("many").build();
        for (int i = 0; i < 1005; i++) {
            int number = i;
            stager.put("packs/" + i, out -> out.write(number));
        }

        try (Stream<StagedObject> objects = stager.list("packs/")) {
            assertThat(objects.map(StagedObject::name).distinct()).hasSize(1005);
        }
    }

    /** A service signature, as the portal makes it: learn.microsoft.com/rest/api/storageservices/create-service-sas. */
    private static String signature(String container, String permissions) throws Exception {
        String expiry = "2099-01-01T00:00:00Z";
        String version = "2025-11-05";
        String toSign = String.join(
                "\n",
                permissions,
                "",
                expiry,
                "/blob/" + AzuriteServer.ACCOUNT + "/" + container,
                "",
                "",
                "",
                version,
                "c",
                "",
                "",
                "",
                "",
                "",
                "",
                "");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(AzuriteServer.KEY), "HmacSHA256"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8)));
        return "?sv=" + version + "&sr=c&sp=" + permissions + "&se=" + expiry + "&sig="
                + URLEncoder.encode(signature, StandardCharsets.UTF_8);
    }
}

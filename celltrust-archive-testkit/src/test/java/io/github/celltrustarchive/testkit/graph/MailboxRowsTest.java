// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Row by row what {@code docs/graph-simulator.md} says of users, folders and messages. */
class MailboxRowsTest extends SimulatorRig {

    private static final String NOT_DRAFT = "Integer 0x0E07";

    @Test
    void F01_withoutATokenThatIsStillGoodNothingIsAnswered() throws Exception {
        token = "nonsense";
        refused(401, "InvalidAuthenticationToken", get(MESSAGES));
        token = graph.newToken();
        ok(200, get(MESSAGES));
        clock.advance(Duration.ofHours(1));

        refused(401, "InvalidAuthenticationToken", get(MESSAGES));
        assertThat(graph.unexpected()).isEmpty();
    }

    @Test
    void F01_aTokenOnAnUploadAddressIsAnError() throws Exception {
        String upload = openUpload(newMessage(), 4_000_000);

        refused(401, "InvalidAuthenticationToken", get(upload));
        assertThat(graph.unexpected()).containsExactly("a bearer token was sent to an upload address");
    }

    @Test
    void F02_wellKnownFoldersHaveNamesAndMailboxesCanBeMissingOrClosed() throws Exception {
        graph.add(new SimulatedUser("id-g", "guest@other.example", null, List.of(), List.of(), null, List.of(), true));

        for (String name : List.of("inbox", "Drafts", "sentitems", "deleteditems", "junkemail", "archive")) {
            ok(200, get(ANN + "/mailFolders/" + name));
        }
        assertThat(ok(200, get(INBOX)).path("parentFolderId"))
                .isEqualTo(ok(200, get(ANN + "/mailFolders/msgfolderroot")).path("id"));
        refused(404, "ResourceNotFound", get("/v1.0/users/nobody@contoso.example/messages"));
        refused(404, "MailboxNotEnabledForRESTAPI", get("/v1.0/users/id-g/messages"));
        refused(404, "ErrorItemNotFound", get(ANN + "/mailFolders/nowhere"));
        ann.refuseWith(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        refused(403, "ErrorAccessDenied", get(MESSAGES));
        ann.refuseNothing();
        ok(200, get(MESSAGES));
    }

    @Test
    void F03_foldersAreMadeOnceFoundWhateverTheCaseRenamedMovedAndDeleted() throws Exception {
        String name = "O'Neil & Söhne";
        String id = ok(
                        201,
                        post(INBOX + "/childFolders", JSON.createObjectNode().put("displayName", name)))
                .path("id")
                .asText();

        refused(
                409,
                "ErrorFolderExists",
                post(INBOX + "/childFolders", JSON.createObjectNode().put("displayName", "O'NEIL & SÖHNE")));
        assertThat(ok(200, get(INBOX + "/childFolders?$filter=" + encode("displayName eq 'o''neil & söhne'")))
                        .path("value"))
                .hasSize(1);
        String folder = ANN + "/mailFolders/" + id;
        assertThat(ok(200, send("PATCH", folder, "{\"displayName\":\"New\"}"))
                        .path("displayName")
                        .asText())
                .isEqualTo("New");
        JsonNode moved = ok(201, post(folder + "/move", "{\"destinationId\":\"deleteditems\"}"));
        assertThat(moved.path("id").asText()).isEqualTo(id);
        assertThat(moved.path("parentFolderId"))
                .isEqualTo(ok(200, get(ANN + "/mailFolders/deleteditems")).path("id"));
        refused(403, "ErrorDeleteDistinguishedFolder", send(request(INBOX).DELETE()));
        assertThat(send(request(folder).DELETE()).statusCode()).isEqualTo(204);
        refused(404, "ErrorItemNotFound", get(folder));
    }

    @Test
    void F03_foldersComeInPagesAndCarryExtendedProperties() throws Exception {
        for (int i = 0; i < 11; i++) {
            ObjectNode folder = JSON.createObjectNode().put("displayName", "f" + i);
            ok(201, post(INBOX + "/childFolders", with(folder, KEY, "mark" + i)));
        }

        JsonNode first = ok(200, get(INBOX + "/childFolders?$count=true"));
        JsonNode second = ok(200, get(first.path("@odata.nextLink").asText()));
        String expand = "&$expand=" + encode("singleValueExtendedProperties($filter=id eq '" + KEY + "')");
        String filter = "singleValueExtendedProperties/Any(ep: ep/id eq '" + KEY + "' and ep/value eq 'MARK7')";
        JsonNode marked = ok(200, get(INBOX + "/childFolders?$filter=" + encode(filter) + expand));

        assertThat(first.path("@odata.count").asInt()).isEqualTo(11);
        assertThat(first.path("value")).hasSize(10);
        assertThat(second.path("value")).hasSize(1);
        assertThat(second.has("@odata.nextLink")).isFalse();
        assertThat(marked.path("value")).singleElement().satisfies(one -> {
            assertThat(one.path("displayName").asText()).isEqualTo("f7");
            assertThat(one.path("singleValueExtendedProperties")
                            .get(0)
                            .path("value")
                            .asText())
                    .isEqualTo("mark7");
        });
    }

    @Test
    void F04_draftAndDatesComeFromThreePropertiesAndFromNothingElse() throws Exception {
        ObjectNode posing = message("posing").put("isDraft", false).put("receivedDateTime", "2020-01-01T00:00:00Z");
        posing.put("id", "x").put("sentDateTime", "2020-01-01T00:00:00Z").put("@odata.etag", "W/\"x\"");
        JsonNode draft = ok(201, post(MESSAGES, posing));
        ObjectNode real = with(
                message("real"),
                "Integer 0x0e07",
                "0",
                "SystemTime 0xE06",
                "2020-01-02T03:04:05Z",
                "SystemTime 0x0039",
                "2020-01-02T03:04:00Z");
        JsonNode message = ok(201, post(INBOX + "/messages", real));

        assertThat(draft.path("isDraft").asBoolean()).isTrue();
        assertThat(draft.path("receivedDateTime").asText()).isEqualTo(NOW.toString());
        assertThat(message.path("isDraft").asBoolean()).isFalse();
        assertThat(message.path("isRead").asBoolean()).isFalse();
        assertThat(message.path("receivedDateTime").asText()).isEqualTo("2020-01-02T03:04:05Z");
        assertThat(message.path("sentDateTime").asText()).isEqualTo("2020-01-02T03:04:00Z");
        assertThat(message.path("createdDateTime").asText()).isEqualTo(NOW.toString());
        assertThat(ok(201, post(MESSAGES, with(message("d"), NOT_DRAFT, "9")))
                        .path("isDraft")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void F05_headersAreFromOneToFiveStartWithXAndAreToldOnlyWhenSelected() throws Exception {
        refused(400, "InvalidInternetMessageHeaderCollection", post(MESSAGES, headers(0, "x-a")));
        refused(400, "InvalidInternetMessageHeaderCollection", post(MESSAGES, headers(6, "x-a")));
        refused(400, "InvalidInternetMessageHeader", post(MESSAGES, headers(1, "Received")));
        JsonNode created = ok(201, post(MESSAGES, headers(5, "X-a")));
        String address = MESSAGES + "/" + created.path("id").asText();

        assertThat(created.has("internetMessageHeaders")).isFalse();
        assertThat(ok(200, get(address)).has("internetMessageHeaders")).isFalse();
        assertThat(ok(200, get(address + "?$select=internetMessageHeaders")).path("internetMessageHeaders"))
                .hasSize(5);
        refused(400, "ErrorInvalidPropertySet", send("PATCH", address, headers(1, "x-b")));
        assertThat(ann.headerNames()).containsExactlyInAnyOrder("x-a0", "x-a1", "x-a2", "x-a3", "x-a4");
    }

    @Test
    void F06_namedPropertiesAndHeaderNamesRunOutForGood() throws Exception {
        start(options().maxNamedProperties(3));
        ok(201, post(MESSAGES, with(headers(1, "x-a"), KEY, "1", KEY + "2", "1")));

        refused(403, "ErrorQuotaExceeded", post(MESSAGES, with(message("a"), KEY + "3", "1")));
        refused(403, "ErrorQuotaExceeded", post(MESSAGES, headers(1, "x-b")));
        assertThat(ann.messages()).hasSize(1);
        ok(201, post(MESSAGES, with(headers(1, "X-A"), KEY.replace("0f3f", "0F3F"), "2", "String 0x1042", "<r>")));
        assertThat(ann.namedProperties())
                .containsExactlyInAnyOrder("header x-a0", KEY.substring(7), KEY.substring(7) + "2");
    }

    @Test
    void F07_aKeyIsFoundWhateverTheCaseOfItsValueAndOnlyInTheCaseOfItsName() throws Exception {
        ObjectNode message =
                with(message("a").put("internetMessageId", "<o'a@b.example>"), KEY, "abc", "String 0x007D", "Long: x");
        String id = ok(201, post(INBOX + "/messages", message)).path("id").asText();

        assertThat(found("internetMessageId eq '<o''a@b.example>'")).isEqualTo(1);
        assertThat(found("internetMessageId eq '<O''A@b.example>'")).isZero();
        assertThat(found(keyed(KEY, "ABC"))).isEqualTo(1);
        assertThat(found(keyed(KEY.replace("Key", "key"), "abc"))).isZero();
        assertThat(found("singleValueExtendedProperties/any(ep: ep/id eq 'String 0x7D' and contains(ep/value,'long'))"))
                .isEqualTo(1);
        refused(400, "Request_UnsupportedQuery", get(MESSAGES + "?$filter=" + encode("colour eq 'red'")));
        JsonNode plain = ok(200, get(MESSAGES + "/" + id));
        JsonNode expanded = ok(
                200,
                get(MESSAGES + "/" + id + "?$expand="
                        + encode("singleValueExtendedProperties($filter=id eq '" + KEY
                                + "' or id eq 'String 0x007D')")));
        assertThat(plain.has("singleValueExtendedProperties")).isFalse();
        assertThat(expanded.path("singleValueExtendedProperties"))
                .extracting(property -> property.path("id").asText())
                .containsExactlyInAnyOrder(KEY, "String 0x7d");
    }

    @Test
    void F08_whatMadeTheMessageStaysAndTheAnswerIs200() throws Exception {
        String id = ok(201, post(MESSAGES, with(message("a"), NOT_DRAFT, "1")))
                .path("id")
                .asText();
        ObjectNode change = JSON.createObjectNode().put("isDraft", true).put("isRead", false);

        JsonNode patched = ok(
                200,
                send(
                        "PATCH",
                        MESSAGES + "/" + id,
                        with(change, NOT_DRAFT, "8", "SystemTime 0x0E06", "2000-01-01T00:00:00Z", KEY, "complete")));

        assertThat(patched.path("isDraft").asBoolean()).isFalse();
        assertThat(patched.path("isRead").asBoolean()).isFalse();
        assertThat(patched.path("receivedDateTime").asText()).isEqualTo(NOW.toString());
        assertThat(found(keyed(KEY, "complete"))).isEqualTo(1);
        refused(400, "ErrorInvalidPropertySet", send("PATCH", MESSAGES + "/" + id, message("other")));
        String draft = newMessage();
        assertThat(ok(200, send("PATCH", MESSAGES + "/" + draft, message("other")))
                        .path("subject")
                        .asText())
                .isEqualTo("other");
        HttpRequest.Builder stale = request(MESSAGES + "/" + draft).header("If-Match", "W/\"old\"");
        refused(
                412,
                "ErrorIrresolvableConflict",
                send(stale.header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"isRead\":true}"))));
    }

    @Test
    void F09_mimeMakesDraftsOfNowAndLargeOnesMayVanishSilently() throws Exception {
        start(options().silentMimeLimit(2_000));
        String mail =
                "Date: Wed, 1 Jan 2020 00:00:00 +0000\r\nFrom: a@b.example\r\nSubject: =?utf-8?q?=C3=BC?=\r\n\r\nb\r\n";
        JsonNode draft = ok(201, mime(MESSAGES, mail));

        assertThat(draft.path("isDraft").asBoolean()).isTrue();
        assertThat(draft.path("subject").asText()).isEqualTo("ü");
        assertThat(draft.path("sentDateTime").asText()).isEqualTo(NOW.toString());
        refused(400, "UnableToDeserializePostBody", mime(MESSAGES, "Subject: a\n\nb\n"));
        refused(400, "UnableToDeserializePostBody", mime(MESSAGES, "Subject: " + "a".repeat(999) + "\r\n\r\n"));
        refused(
                400,
                "ErrorMimeContentInvalidBase64String",
                send(request(MESSAGES)
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("no base64!"))));
        var silent = mime(MESSAGES, "Subject: a\r\n\r\n" + "b\r\n".repeat(1_000));
        assertThat(silent.statusCode()).isEqualTo(200);
        assertThat(silent.body()).isEmpty();
        assertThat(ann.messages()).hasSize(1);
    }

    @Test
    void F09_importedMimeIsNoDraftAndKeepsItsHeadersPartsAndBytes() throws Exception {
        String mail = """
                Date: Wed, 1 Jan 2020 00:00:00 +0000
                From: "Ann" <ann@contoso.example>
                To: bob@contoso.example
                Message-ID: <m@contoso.example>
                X-Archive: yes
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=c

                --c
                Content-Type: text/plain; charset=utf-8

                Grüße
                --c
                Content-Type: text/html; charset=utf-8

                <p>Grüße</p>
                --c--
                --b
                Content-Type: image/png; name=p.png
                Content-Disposition: attachment; filename=p.png
                Content-Transfer-Encoding: base64

                AQID
                --b--
                """.replace("\n", "\r\n");
        String address = "/users/ann@contoso.example/mailFolders/inbox/importMime";
        JsonNode message = ok(201, mime("/beta" + address, mail));

        assertThat(message.path("isDraft").asBoolean()).isFalse();
        assertThat(message.path("sentDateTime").asText()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(message.path("receivedDateTime").asText()).isEqualTo(NOW.toString());
        assertThat(message.path("internetMessageId").asText()).isEqualTo("<m@contoso.example>");
        assertThat(message.path("body").path("content").asText()).contains("<p>Grüße</p>");
        assertThat(message.path("toRecipients")
                        .get(0)
                        .path("emailAddress")
                        .path("address")
                        .asText())
                .isEqualTo("bob@contoso.example");
        assertThat(ann.messages("Inbox")).singleElement().satisfies(kept -> {
            assertThat(kept.headers()).containsEntry("X-Archive", "yes");
            assertThat(kept.content(kept.attachments().get(0).id())).containsExactly(1, 2, 3);
        });
        assertThat(get(MESSAGES + "/" + message.path("id").asText() + "/$value").body())
                .isEqualTo(mail);
        refused(400, "BadRequest", mime("/v1.0" + address, mail));
        refused(415, "UnsupportedMediaType", post("/beta" + address, "{}"));
        assertThat(graph.unexpected()).hasSize(1);
    }

    @Test
    void F10_moreThanFourMegabytesAreTooMuchForOneRequest() throws Exception {
        refused(413, "RequestEntityTooLarge", post(MESSAGES, message("a".repeat(4 * 1024 * 1024))));
    }

    @Test
    void F12_idsOfOneSpaceAreNotFoundInTheOtherAndOnlyOneSurvivesAMove() throws Exception {
        JsonNode plain = ok(201, post(MESSAGES, message("a")));
        String immutable = ok(200, send(immutable(MESSAGES)))
                .path("value")
                .get(0)
                .path("id")
                .asText();
        String old = MESSAGES + "/" + plain.path("id").asText();

        refused(404, "ErrorItemNotFound", send(immutable(old)));
        refused(404, "ErrorItemNotFound", get(MESSAGES + "/" + immutable));
        JsonNode moved = ok(201, post(old + "/move", "{\"destinationId\":\"archive\"}"));
        assertThat(moved.path("id")).isNotEqualTo(plain.path("id"));
        refused(404, "ErrorItemNotFound", get(old));
        ok(200, send(immutable(MESSAGES + "/" + immutable)));
        assertThat(ann.messages("archive")).hasSize(1);
        assertThat(send(immutable(MESSAGES + "/" + immutable).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(ann.messages()).isEmpty();
    }

    @Test
    void F15_usersAreFoundByWhatTheyHaveAndTellMoreOnlyWhenAsked() throws Exception {
        graph.group("g", List.of("id-ann"));

        JsonNode byAlias =
                ok(200, get("/v1.0/users?$filter=" + encode("proxyAddresses/any(p:p eq 'smtp:LEE@contoso.example')")));
        assertThat(byAlias.path("value").get(0).path("id").asText()).isEqualTo("id-ann");
        assertThat(byAlias.path("value").get(0).has("proxyAddresses")).isFalse();
        assertThat(ok(200, get("/v1.0/users/id-ann?$select=proxyAddresses")).path("proxyAddresses"))
                .hasSize(2);
        String members = "/v1.0/groups/g/transitiveMembers/microsoft.graph.user";
        refused(400, "Request_UnsupportedQuery", get(members));
        refused(400, "Request_UnsupportedQuery", get(members + "?$count=true"));
        assertThat(ok(200, send(request(members + "?$count=true").header("ConsistencyLevel", "eventual")))
                        .path("value"))
                .hasSize(1);
        refused(400, "Request_UnsupportedQuery", get("/v1.0/users?$filter=" + encode("mail ne 'a@b.example'")));
        refused(404, "Request_ResourceNotFound", get("/v1.0/users/nobody@contoso.example"));
    }

    @Test
    void peopleNeedAddressesThatCanBe() throws Exception {
        ObjectNode message = message("a");
        message.withArray("toRecipients").addObject().putObject("emailAddress").put("address", "no address");

        refused(400, "ErrorInvalidRecipients", post(MESSAGES, message));
    }

    @Test
    void whatGraphDoesNotKnowIsRefusedAndKept() throws Exception {
        refused(400, "BadRequest", get("/v1.0/me/events"));
        refused(400, "BadRequest", get(MESSAGES + "?$filtr=x"));
        refused(400, "BadRequest", get(MESSAGES + "?$select=subjct"));
        refused(400, "BadRequest", get(MESSAGES + "?$expand=extensions"));
        refused(400, "BadRequest", send(request(MESSAGES).header("X-Colour", "red")));
        refused(400, "BadRequest", send(request(MESSAGES).header("Prefer", "IdTyp=\"ImmutableId\"")));
        refused(400, "RequestBodyRead", post(MESSAGES, message("a").put("colour", "red")));

        assertThat(graph.unexpected()).hasSize(7);
        assertThat(ann.messages()).isEmpty();
    }

    private HttpRequest.Builder immutable(String path) {
        return request(path).header("Prefer", "IdType=\"ImmutableId\"");
    }

    private static ObjectNode headers(int number, String name) {
        ObjectNode message = message("a");
        message.putArray("internetMessageHeaders");
        for (int i = 0; i < number; i++) {
            message.withArray("internetMessageHeaders")
                    .addObject()
                    .put("name", name + i)
                    .put("value", "v");
        }
        return message;
    }

    private static String keyed(String property, String value) {
        return "singleValueExtendedProperties/Any(ep: ep/id eq '" + property + "' and ep/value eq '" + value + "')";
    }
}

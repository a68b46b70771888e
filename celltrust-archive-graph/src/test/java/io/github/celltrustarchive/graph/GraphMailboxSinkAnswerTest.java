// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.SinkWorld.FOLDER;
import static io.github.celltrustarchive.graph.SinkWorld.delivery;
import static io.github.celltrustarchive.graph.SinkWorld.file;
import static io.github.celltrustarchive.graph.SinkWorld.resumed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveException.Remedy;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink makes of answers that are wrong, strange or hostile, and of a store that changes what it is given. */
class GraphMailboxSinkAnswerTest extends SinkFixture {

    private static final String CREATE = ".*/mailFolders/[^/]+/messages";
    private static final String MESSAGE = ".*/users/[^/]+/messages/[^/]+";
    private static final String JSON = "application/json";

    private MeddlingProxy proxy;

    @BeforeEach
    void startProxy() throws Exception {
        proxy = new MeddlingProxy(tls, world.graph.root());
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | text/html        | <html>Please sign in to the proxy</html>
            201 | text/html        | <html>Please sign in to the proxy</html>
            200 | application/json | {"id":"imm-1"}
            201 | application/json | {"id":""}
            201 | application/json | {"id":42}
            201 | application/json | []
            201 | application/json | {"id":"imm-1"
            202 | application/json | {"id":"imm-1"}
            204 | application/json | ''
            302 | application/json | ''
            500 | text/html        | <html>Oops</html>
            403 | text/html        | <html>Blocked by your company's data protection</html>
            400 | text/html        | <html>Bad request</html>
            407 | text/html        | <html>Sign in to the proxy</html>
            451 | application/json | {"error":"policy"}
            """)
    void onlyCreatedWithAnIdIsASuccess(int status, String type, String body) {
        proxy.answerOnce("POST", CREATE, status, type, body);

        Throwable thrown = catchThrowable(() -> sink().deliver(delivery("m1")));

        GraphMailboxSinkFaultTest.assertUnknown(thrown);
        assertThat(thrown).message().doesNotContain("html");
    }

    @Test
    void aMessageThatGraphFindsMalformedIsHeldUnlessReducedFidelityIsAllowed() {
        proxy.answerOnce("POST", CREATE, 400, JSON, error("ErrorInvalidRecipients", "ann@bank.example"));

        Throwable thrown = catchThrowable(() -> sink().deliver(delivery("m1")));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.HOLD));
        assertThat(thrown).message().contains("ErrorInvalidRecipients").doesNotContain("bank.example");
        assertThat(world.mailbox.messages()).isEmpty();
    }

    @Test
    void reducedFidelityIsWrittenOnTheMessageItself() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 1_000));
        GraphMailboxSink sink = builder().reducedFidelity(true).build();
        proxy.answerOnce("POST", CREATE, 400, JSON, error("ErrorInvalidRecipients", "No."));

        String reference = sink.deliver(delivery).reference();

        assertThat(world.archived().properties()).containsValue("complete reduced");
        assertThat(world.archived().json().has("from")).isFalse();
        assertThat(world.archived().internetMessageId())
                .isNotEqualTo(delivery.envelope().messageId());
        assertThat(world.sink().find(delivery))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.receipt().reference()).isEqualTo(reference));
    }

    @Test
    void aReducedMessageThatIsIncompleteIsResumedAsReduced() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 2_500_000));
        GraphMailboxSink sink = builder().reducedFidelity(true).build();
        proxy.answerOnce("POST", CREATE, 400, JSON, error("ErrorInvalidRecipients", "No."));
        proxy.answerOnce("POST", ".*/attachments", 400, JSON, error("ErrorInvalidRequest", "No."));
        assertThat(catchThrowable(() -> sink.deliver(delivery))).isInstanceOf(IncompleteDeliveryException.class);
        assertThat(world.archived().properties()).containsValue("partial reduced");

        world.sink().deliver(resumed(delivery, world.archived().immutableId()));

        assertThat(world.archived().properties()).containsValue("complete reduced");
        assertThat(world.sink().find(delivery)).isInstanceOf(Lookup.Found.class);
        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);
    }

    @Test
    void aStoreThatChangesTheMessageIdEndsTheRunAtTheFirstMessage() throws Exception {
        Delivery delivery = delivery("m1");
        String id = delivery.envelope().messageId();
        proxy.change("GET", MESSAGE, json -> json.replace(id, "<other@bank.example>"));

        assertStopped(delivery, "another Message-ID");
    }

    @Test
    void aStoreThatLosesTheArchiveKeyEndsTheRunAtTheFirstMessage() throws Exception {
        proxy.change("GET", MESSAGE, json -> json.replace("CellTrustArchiveKey", "CellTrustOther"));

        assertStopped(delivery("m1"), "archive key");
    }

    @Test
    void aStoreThatMakesDraftsEndsTheRunAtTheFirstMessage() throws Exception {
        proxy.change("GET", MESSAGE, json -> json.replace("\"isDraft\":false", "\"isDraft\":true"));

        assertStopped(delivery("m1"), "draft");
    }

    @Test
    void aRefusalThatIsntGraphsOwnReducesNoMessage() throws Exception {
        GraphMailboxSink sink = builder().reducedFidelity(true).build();
        proxy.answerOnce("POST", CREATE, 400, "text/html", "<html>Bad request</html>");

        Throwable thrown = catchThrowable(() -> sink.deliver(delivery("m1")));

        GraphMailboxSinkFaultTest.assertUnknown(thrown);
        assertThat(thrown).hasMessageContaining("proxy");
        assertThat(world.mailbox.messages()).isEmpty();
    }

    @Test
    void aDraftThatEndedTheRunEndsTheNextOneToo() throws Exception {
        Delivery delivery = delivery("m1");
        proxy.change("GET", MESSAGE, json -> json.replace("\"isDraft\":false", "\"isDraft\":true"));
        assertStopped(delivery, "draft");

        assertStopped(resumed(delivery, world.archived().immutableId()), "draft");
    }

    @Test
    void aMessageIdThatWasChangedEndsTheNextRunToo() throws Exception {
        Delivery delivery = delivery("m1");
        String id = delivery.envelope().messageId();
        proxy.change("GET", MESSAGE, json -> json.replace(id, "<other@bank.example>"));
        assertStopped(delivery, "another Message-ID");

        assertStopped(resumed(delivery, world.archived().immutableId()), "another Message-ID");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_500_000})
    void aMessageThatHasLostItsArchiveKeyIsNotTakenForAWholeOneByTheNextRun(int size) throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", size));
        proxy.change("GET", MESSAGE, json -> json.replace("CellTrustArchive", "CellTrustOther"));
        assertStopped(delivery, "archive key");

        assertStopped(resumed(delivery, world.archived().immutableId()), "archive key");
    }

    @Test
    void theFirstMessageIsReadBackOnceADay() throws Exception {
        GraphMailboxSink sink = sink();
        sink.deliver(delivery("m1"));
        sink.deliver(delivery("m2"));
        assertThat(world.seen("GET", MESSAGE)).hasSize(1);
        world.clock.advance(Duration.ofHours(25));

        sink.deliver(delivery("m3"));

        assertThat(world.seen("GET", MESSAGE)).hasSize(2);
    }

    @Test
    void aMessageThatCantBeReadBackIsDeliveredAndTheNextOneIsReadBack() throws Exception {
        GraphMailboxSink sink = sink();
        proxy.answerOnce("GET", MESSAGE, 503, JSON, "");
        sink.deliver(delivery("m0"));
        proxy.answerOnce("GET", MESSAGE, 200, JSON, "");
        sink.deliver(delivery("m1"));
        proxy.change("GET", MESSAGE, json -> json.replace("CellTrustArchiveKey", "CellTrustOther"));

        assertStopped(sink, delivery("m2"), "archive key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/upload?authtoken=canary",
                "http://localhost/upload?authtoken=canary",
                "https://user@localhost/upload?authtoken=canary",
                "https://localhost:1/upload?authtoken=canary",
                "https://localhost.evil.example/upload?authtoken=canary",
                "file:///etc/passwd",
                "https://outlook.office.com/upload?authtoken=canary",
                "not an address authtoken=canary",
                ""
            })
    void anUploadAddressElsewhereGetsNoContentAndIsInNoMessage(String address) {
        proxy.change("POST", ".*/createUploadSession", json -> "{\"uploadUrl\":\"" + address + "\"}");

        Throwable thrown = catchThrowable(() -> sink().deliver(delivery("m1", file("a.bin", 4_000_000))));

        assertThat(thrown).isInstanceOf(IncompleteDeliveryException.class).hasMessageContaining("upload address");
        assertThat(thrown).hasStackTraceContaining("Incomplete");
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each.getMessage())).doesNotContain("canary", "evil", "office.com");
        }
        assertThat(world.seen("PUT", ".*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"%d\"]", "[\"%d-\"]", "[\"%d-8999999\"]", "[\" %d - \", \"9\"]", "\"%d-\""})
    void everySpellingOfTheNextRangeIsUnderstood(String spelling) throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 9_000_000));
        proxy.change("PUT", ".*", json -> {
            Matcher next = Pattern.compile("\\[\"(\\d+)-?\"\\]").matcher(json);
            return next.find() ? next.replaceFirst(spelling.formatted(Long.parseLong(next.group(1)))) : json;
        });

        sink().deliver(delivery);

        assertThat(world.seen("PUT", ".*")).hasSize(3);
        assertThat(world.archived().attachments()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"nextExpectedRanges\":[]}", "{\"nextExpectedRanges\":[\"-5\"]}", "<html>"})
    void aSessionThatDoesntSayWhatComesNextIsAskedAndThenGivenUp(String answer) {
        proxy.change("PUT", ".*", json -> answer);
        proxy.change("GET", "/upload/.*", json -> answer);

        Throwable thrown = catchThrowable(() -> sink().deliver(delivery("m1", file("a.bin", 9_000_000))));

        assertThat(thrown).isInstanceOf(IncompleteDeliveryException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "99999999999"})
    void aSessionThatAlwaysWantsTheSameEnds(String next) {
        proxy.change("PUT", ".*", json -> "{\"nextExpectedRanges\":[\"" + next + "\"]}");
        proxy.change("GET", "/upload/.*", json -> "{\"nextExpectedRanges\":[\"" + next + "\"]}");

        Throwable thrown = catchThrowable(() -> sink().deliver(delivery("m1", file("a.bin", 9_000_000))));

        assertThat(thrown).isInstanceOf(IncompleteDeliveryException.class);
    }

    @Test
    void anAttachmentTooSmallForASessionGoesAtOnce() throws Exception {
        proxy.answerOnce(
                "POST",
                ".*/createUploadSession",
                400,
                JSON,
                error("ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "Too small."));

        sink().deliver(delivery("m1", file("a.bin", 3_050_000)));

        assertThat(world.archived().attachments()).hasSize(1);
        assertThat(world.seen("PUT", ".*")).isEmpty();
    }

    @Test
    void aFolderOnALaterPageIsFound() throws Exception {
        world.sink().deliver(delivery("m1"));
        String found = "/v1.0/users/id-ann/mailFolders/inbox/childFolders";
        proxy.answerOnce(
                "GET",
                ".*/childFolders",
                200,
                JSON,
                "{\"value\":[{\"id\":\"x\",\"displayName\":\"CellTrust old\"}],\"@odata.nextLink\":\"" + proxy.root()
                        + found + "\"}");

        sink().deliver(delivery("m2"));

        assertThat(world.mailbox.messages(FOLDER)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/v1.0/x", "same"})
    void pagesThatLeadAwayOrInACircleAreNotFollowed(String next) {
        String path = "/v1.0/users/id-ann/mailFolders/inbox/childFolders";
        String page =
                "{\"value\":[],\"@odata.nextLink\":\"" + (next.equals("same") ? proxy.root() + path : next) + "\"}";
        proxy.change("GET", ".*/childFolders", json -> page);

        Throwable thrown = catchThrowable(() -> sink().deliver(delivery("m1")));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.RETRY));
        assertThat(thrown).message().doesNotContain("evil");
    }

    @Test
    void aMessageOfOurMessageIdThatBearsAnotherKeyIsAnotherMessage() throws Exception {
        Delivery delivery = delivery("m1");
        world.sink().deliver(delivery);
        Delivery sameId = withKey(delivery, "e".repeat(64));

        assertThat(sink().find(sameId)).isEqualTo(Lookup.absent());
        assertThat(world.seen("GET", MESSAGE)).as("it was looked at").hasSize(2);
    }

    @Test
    void anAttachmentThatSomebodyReplacedIsLeftAloneAndHeld() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 2_500_000), file("b.bin", 2_500_000));
        proxy.answerOnce("PATCH", MESSAGE, 503, JSON, "");
        assertThat(catchThrowable(() -> sink().deliver(delivery))).isInstanceOf(IncompleteDeliveryException.class);
        proxy.change("GET", ".*/attachments", json -> json.replaceAll("\"size\":\\d+", "\"size\":3"));

        Throwable thrown = catchThrowable(
                () -> sink().deliver(resumed(delivery, world.archived().immutableId())));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        IncompleteDeliveryException.class,
                        e -> assertThat(e.remedy()).isEqualTo(Remedy.HOLD));
        assertThat(world.archived().attachments()).hasSize(2);
    }

    @Test
    void noSecretIsInAnyMessageOrReference() throws Exception {
        Delivery delivery = delivery("m1", file("a.bin", 9_000_000));
        for (int i = 0; i < 12; i++) {
            proxy.answerOnce("PUT", ".*", 403, JSON, error("ErrorAccessDenied", "canary-upload canary-token"));
        }

        Throwable thrown = catchThrowable(() -> sink().deliver(delivery));

        assertThat(thrown).isInstanceOf(IncompleteDeliveryException.class);
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        String basic = Base64.getEncoder().encodeToString("canary".getBytes(StandardCharsets.UTF_8));
        assertThat(text + ((IncompleteDeliveryException) thrown).reference())
                .doesNotContain("canary", "authtoken", "Bearer", basic, "bank.example", "2025550123");
    }

    private void assertStopped(Delivery delivery, String text) throws IOException {
        assertStopped(sink(), delivery, text);
    }

    private static void assertStopped(GraphMailboxSink sink, Delivery delivery, String text) {
        Throwable thrown = catchThrowable(() -> sink.deliver(delivery));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        IncompleteDeliveryException.class,
                        e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP))
                .hasMessageContaining(text);
    }

    private static Delivery withKey(Delivery delivery, String hex) {
        Envelope old = delivery.envelope();
        Envelope other = new Envelope(
                new ItemKey(hex),
                old.sourceId(),
                old.messageId(),
                old.subject(),
                old.kind(),
                old.direction(),
                old.conversationId(),
                old.sentAt(),
                old.receivedAt(),
                old.participants(),
                old.attachments());
        return new Delivery(delivery.key(), delivery.mailbox(), delivery.folder(), other, delivery.eml(), 1, null);
    }

    private GraphMailboxSink sink() {
        return builder().build();
    }

    private GraphMailboxSinkBuilder builder() {
        return world.builder(proxy.cloud());
    }

    private static String error(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }
}

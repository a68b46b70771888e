// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static io.github.celltrustarchive.graph.internal.GraphSamples.SETTINGS;
import static io.github.celltrustarchive.graph.internal.GraphSamples.addresses;
import static io.github.celltrustarchive.graph.internal.GraphSamples.names;
import static io.github.celltrustarchive.graph.internal.GraphSamples.passedThrough;
import static io.github.celltrustarchive.graph.internal.GraphSamples.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.model.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Emails by software that takes the standards lightly, or means harm. */
class AwkwardEmailTest {

    private static final String MIXED = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n";
    private static final String UNREADABLE = "This email could not be taken apart.";

    @TempDir
    private Path folder;

    private GraphMessage make(String eml) throws IOException {
        return make(passedThrough(eml.replace("\n", "\r\n")));
    }

    private GraphMessage make(Delivery delivery) throws IOException {
        return new MessageFactory(SETTINGS, folder).make(delivery);
    }

    private static String body(GraphMessage message) {
        return message.json().path("body").path("content").textValue();
    }

    /** Name, email, what the body begins with, the attachments' names. */
    static Stream<Arguments> emails() {
        return Stream.of(
                row("nothing", "", "", ""),
                row("nothing but a header", "Subject: a\n", "", ""),
                row("no type", "Subject: a\n\nhello", "hello"),
                row("no charset", "Content-Type: text/plain\n\nGr\u00fc\u00dfe", "Gr\u00fc\u00dfe"),
                row(
                        "UTF-8 that calls itself ASCII",
                        "Content-Type: text/plain; charset=us-ascii\n\nGr\u00c3\u00bc",
                        "Gr\u00fc"),
                row("windows charset", "Content-Type: text/plain; charset=windows-1252\n\n\u0080 5", "\u20ac 5"),
                row(
                        "Latin-1 that is windows-1252",
                        "Content-Type: text/plain; charset=iso-8859-1\n\n\u0080 5",
                        "\u20ac 5"),
                row("unknown charset", "Content-Type: text/plain; charset=x-none\n\nhi", "hi", "message.eml"),
                row(
                        "charset that is a lie",
                        "Content-Type: text/plain; charset=utf-8\n\n\u00fc",
                        "\ufffd",
                        "message.eml"),
                row("type that is none", "Content-Type: text\n\nhello", "hello"),
                row("controls in the text", "Subject: a\n\n\u0000b\u001b", "\ufffdb\ufffd", "message.eml"),
                row(
                        "half a surrogate pair",
                        "Content-Type: text/plain; charset=utf-16be\n\n\u00d8\u0000\u0000a",
                        "\ufffd",
                        "message.eml"),
                row("quoted-printable with mistakes", "Content-Transfer-Encoding: quoted-printable\n\na=3Db=ZZ", "a=b"),
                row("encoding with a comment", "Content-Transfer-Encoding: (x) base64\n\naGk=", "hi"),
                row("encoding that nobody knows", "Content-Transfer-Encoding: zip\n\nhi", UNREADABLE, "message.eml"),
                row("broken base64", "Content-Transfer-Encoding: base64\n\naGkxA", UNREADABLE, "message.eml"),
                row("noise in base64", "Content-Transfer-Encoding: base64\n\naG!*k=", "hi"),
                row("no boundary", "Content-Type: multipart/mixed\n\n--b\n\nhi", UNREADABLE, "message.eml"),
                row("boundary that never comes", MIXED + "--c\n\nhi\n--c--", UNREADABLE, "message.eml"),
                row("no end", MIXED + "--b\n\nhi\n--b\nContent-Type: a/b\n\nxx", "hi", "attachment-1", "message.eml"),
                row("preamble and epilogue", MIXED + "MIME!\n--b\n\nhi\n--b--\nbye", "hi"),
                row("boundary with blanks behind", MIXED + "--b \t\n\nhi\n--b--", "hi"),
                row("nothing but an attachment", MIXED + "--b\nContent-Type: a/b\n\nx\n--b--", "", "attachment-1"),
                row("two texts", MIXED + "--b\n\none\n--b\n\ntwo\n--b--", "one", "attachment-1.txt"),
                row(
                        "text with a name",
                        MIXED + "--b\nContent-Disposition: inline; filename=a.txt\n\none\n--b--",
                        "",
                        "a.txt"),
                row(
                        "email in the email",
                        MIXED + "--b\nContent-Type: message/rfc822\n\nSubject: in\n\nhi\n--b--",
                        "",
                        "attachment-1.eml"),
                row(
                        "digest",
                        MIXED.replace("mixed", "digest") + "--b\n\nSubject: in\n\nhi\n--b--",
                        "",
                        "attachment-1.eml"));
    }

    /** Likewise, of attachments' names. */
    static Stream<Arguments> fileNames() {
        return Stream.of(
                row("name of a path", attached("filename=\"../../etc/passwd\""), "", ".._.._etc_passwd"),
                row("name of nothing", attached("filename=\" . \""), "", "attachment-1"),
                row("name with controls", attached("filename=\"a\u0007b\u0000.txt\""), "", "a\ufffdb\ufffd.txt"),
                row("name in an encoded-word", attached("filename=\"=?utf-8?B?w7wudHh0?=\""), "", "\u00fc.txt"),
                row(
                        "name as RFC 2231 has it",
                        attached("filename*0*=utf-8''%c3%bc; filename*1=.txt"),
                        "",
                        "\u00fc.txt"),
                row("name in bare UTF-8", attached("filename=\"\u00c3\u00bc.txt\""), "", "\u00fc.txt"),
                row("name that goes backwards", attached("filename*=utf-8''a%E2%80%AEgpj.exe"), "", "agpj.exe"),
                row("disposition that is none", attached("=?;;filename"), "", "attachment-1"));
    }

    private static String attached(String parameters) {
        return MIXED + "--b\nContent-Type: a/b\nContent-Disposition: attachment; " + parameters + "\n\nx\n--b--";
    }

    private static Arguments row(String name, String eml, String body, String... attachments) {
        return arguments(
                name,
                eml,
                body,
                Stream.of(attachments).filter(each -> !each.isEmpty()).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"emails", "fileNames"})
    void emailBecomesAMessageWithAllThatItHas(String name, String eml, String body, List<String> attachments)
            throws IOException {
        Delivery delivery = passedThrough(eml.replace("\n", "\r\n"));
        try (GraphMessage message = make(delivery)) {
            assertThat(body(message)).startsWith(body);
            assertThat(body.isEmpty() ? body(message) : "").isEmpty();
            assertThat(names(message)).isEqualTo(attachments);
            assertThat(message.originalAttached()).isEqualTo(attachments.contains("message.eml"));
            if (message.originalAttached()) {
                assertThat(GraphSamples.bytes(message.attachments().get(attachments.size() - 1)))
                        .isEqualTo(GraphSamples.bytes(delivery));
            }
            for (GraphAttachment attachment : message.attachments()) {
                assertThat(GraphSamples.bytes(attachment)).hasSize((int) attachment.size());
            }
            assertThat(properties(message.json()))
                    .containsEntry(
                            ArchiveProperties.KEY, delivery.envelope().key().hex());
        }
    }

    @ParameterizedTest
    @CsvSource({"'\n'", "'\r'", "'\r\n'"})
    void anyLineEndWill(String end) throws IOException {
        String eml = (MIXED + "--b\n\nhi\n--b\nContent-Type: a/b\n\nx\ny\n--b--\n").replace("\n", end);
        Delivery sample = passedThrough("\r\n");
        Delivery delivery = GraphSamples.delivery(
                sample.envelope(),
                io.github.celltrustarchive.model.Content.of(eml.getBytes(StandardCharsets.US_ASCII)));

        try (GraphMessage message = make(delivery)) {
            assertThat(body(message)).isEqualTo("hi");
            assertThat(GraphSamples.bytes(message.attachments().get(0)))
                    .isEqualTo(("x" + end + "y").getBytes(StandardCharsets.US_ASCII));
            assertThat(properties(message.json()).get("String 0x007D")).contains("MIME-Version: 1.0\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bob                               | Bob <unknown@sms.celltrust.invalid>",
                "bob@localhost                     | bob@localhost <unknown@sms.celltrust.invalid>",
                "\"a b\"@corp.example              | \"a b\"@corp.example <unknown@sms.celltrust.invalid>",
                "Bob <bob@corp.example> junk       | Bob <bob@corp.example>",
                "Bob <bob@corp.example             | Bob <bob@corp.example <unknown@sms.celltrust.invalid>",
                "=?utf-8?Q?B=C3=B6b?= <bob@corp.example> | B\u00f6b <bob@corp.example>",
                "B\u00c3\u00b6b <bob@corp.example> | B\u00f6b <bob@corp.example>",
                "\"=?utf-8?Q?a=0D=0AX-I:_1?=\" <b@corp.example> | a  X-I: 1 <b@corp.example>",
            })
    void whatIsNoAddressIsNeverSentAsOne(String field, String expected) throws IOException {
        try (GraphMessage message = make("From: " + field + "\nTo: " + field + "\nReply-To: " + field + "\n\nhi")) {
            JsonNode json = message.json();
            assertThat(addresses(json.path("from"))).containsExactly(expected);
            assertThat(addresses(json.path("sender"))).containsExactly(expected);
            assertThat(addresses(json.path("toRecipients"))).containsExactly(expected);
            assertThat(json.path("replyTo")).hasSize(expected.contains("unknown@") ? 0 : 1);
        }
    }

    @Test
    void brokenAddressDoesNotTakeItsNeighboursAlong() throws IOException {
        try (GraphMessage message =
                make("To: a@corp.example, <<x@, b@corp.example\nCc: undisclosed-recipients:;\n\n")) {
            assertThat(addresses(message.json().path("toRecipients")))
                    .contains("a@corp.example <a@corp.example>", "b@corp.example <b@corp.example>")
                    .hasSize(3);
            assertThat(message.json().path("ccRecipients")).isEmpty();
        }
    }

    @Test
    void withoutASenderTheEnvelopeSaysWhoItWas() throws IOException {
        try (GraphMessage message = make("Subject: a\n\nhi")) {
            assertThat(addresses(message.json().path("from"))).containsExactly("Ann Lee <ann.lee@bank.example>");
            assertThat(message.json().has("internetMessageId")).isFalse();
        }
    }

    @Test
    void headersOfAnEmailThatPassesThroughCannotForgeTheArchives() throws IOException {
        try (GraphMessage message = make("X-CellTrust-Type: FORGED\nX-CellTrust-Archive-Key: 0\n\nhi")) {
            assertThat(GraphSamples.headers(message.json())).containsEntry("X-CellTrust-Type", "EMAIL");
            assertThat(GraphSamples.headers(message.json()).get("X-CellTrust-Archive-Key"))
                    .hasSize(64);
        }
    }

    @Test
    void nestingIsFollowedToALimitAndThenAttachedWhole() throws IOException {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        try (GraphMessage message = make(deep + "\nhi")) {
            assertThat(body(message)).startsWith(UNREADABLE);
            assertThat(names(message)).containsExactly("message.eml");
        }
    }

    @Test
    void tooManyPartsAreAttachedWhole() throws IOException {
        try (GraphMessage message = make(MIXED + "--b\n\nx\n".repeat(100_000))) {
            assertThat(names(message)).containsExactly("message.eml");
        }
    }

    @Test
    void headerLargerThanAnyServerTakesIsAttachedWholeAndTheEnvelopeNamesThePeople() throws IOException {
        try (GraphMessage message = make("X: y\n".repeat(300_000) + "To: a@corp.example\n\nhi")) {
            assertThat(body(message)).startsWith(UNREADABLE);
            assertThat(addresses(message.json().path("toRecipients")))
                    .containsExactly("Bob Ray <unknown@sms.celltrust.invalid>");
            assertThat(message.originalAttached()).isTrue();
        }
    }

    @Test
    void headerOfAPartThatIsOneEndlessLineIsAttachedWhole() throws IOException {
        try (GraphMessage message = make(MIXED + "--b\nX: " + "y".repeat(3_000_000) + "\n\nhi\n--b--")) {
            assertThat(names(message)).containsExactly("message.eml");
        }
    }
}

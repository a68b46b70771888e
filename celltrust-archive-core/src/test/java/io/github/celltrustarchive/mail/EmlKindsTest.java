// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever opens an email sees in words what it is, in the text part as in the HTML. */
final class EmlKindsTest {

    private static final Instant LATER = Samples.SENT.plusSeconds(60);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CALL      | Ann Lee called Bob Ray, 1:02:03, missed",
                "VOICEMAIL | Ann Lee left a voicemail for Bob Ray, 1:02:03",
                "RECEIPT   | Receipt of Ann Lee for the message of Bob Ray, missed",
                "EDIT      | Ann Lee edited a message to Bob Ray",
                "DELETE    | Ann Lee deleted a message to Bob Ray",
                "REACTION  | Ann Lee reacted to a message in the conversation with Bob Ray",
                "JOIN      | Ann Lee joined the conversation with Bob Ray",
                "LEAVE     | Ann Lee left the conversation with Bob Ray",
            })
    void eventSaysWhatHappened(String kind, String sentence) throws Exception {
        SourceItem item = event(kind)
                .property("duration", "3723")
                .property("status", "missed")
                .build();

        assertThat(Samples.plain(Samples.read(item))).startsWith("[" + sentence + "]\r\n\r\nFrom: Ann Lee");
        assertThat(visible(item)).startsWith(sentence + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SMS          | SMS from Ann Lee to Bob Ray",
                "CHAT         | Chat from Ann Lee to Bob Ray",
                "SCREEN_SHARE | SCREEN_SHARE from Ann Lee to Bob Ray",
            })
    void messageHasNothingButItsTextInTheTextPart(String kind, String sentence) throws Exception {
        SourceItem item = event(kind).text(" as it is\n").build();

        assertThat(Samples.plain(Samples.read(item))).isEqualTo(" as it is\n");
        assertThat(visible(item)).startsWith(sentence + "\n");
        assertThat(Samples.plain(Samples.read(event(kind).build()))).startsWith("[" + sentence + ": no text]\r\n\r\n");
    }

    @Test
    void textOfAnEventFollowsBehindOneLineUnchanged() throws Exception {
        assertThat(Samples.plain(
                        Samples.read(event("EDIT").text(" new\r\n\rtext ").build())))
                .isEqualTo("[Ann Lee edited a message to Bob Ray; this is the new text]\r\n\r\n new\r\n\rtext ");
    }

    @Test
    void receiptSaysWhetherItWasDeliveredOrRead() throws Exception {
        assertThat(visible(event("RECEIPT").deliveredAt(LATER).build()))
                .startsWith("The message of Bob Ray was delivered to Ann Lee\n");
        assertThat(visible(event("RECEIPT").deliveredAt(LATER).readAt(LATER).build()))
                .startsWith("Ann Lee read the message of Bob Ray\n");
        assertThat(visible(event("RECEIPT")
                        .readAt(LATER)
                        .recipient(Samples.to("+1"))
                        .build()))
                .startsWith("Ann Lee read a message\n");
    }

    @Test
    void reactionIsShownWhereverTheSourcePutIt() throws Exception {
        String sentence = "Ann Lee reacted with \uD83D\uDC4D to a message in the conversation with Bob Ray\n";

        assertThat(visible(event("REACTION").text("\uD83D\uDC4D").build())).startsWith(sentence);
        assertThat(visible(event("REACTION")
                        .text("the message")
                        .property("Emoji", "\uD83D\uDC4D")
                        .build()))
                .startsWith(sentence);
    }

    @Test
    void eventNamesTheMessageItIsAboutInHeadersAndText() throws Exception {
        SourceItem message = Samples.sms("hi").build();
        for (String kind : new String[] {"RECEIPT", "EDIT", "DELETE", "REACTION", "JOIN", "LEAVE"}) {
            SourceItem item = event(kind).relatedId("m-1").conversationId("c-1").build();

            assertThat(Samples.read(item).getHeader("References"))
                    .as(kind)
                    .isEqualTo(Samples.read(message).getHeader("References"));
            assertThat(Samples.read(item).getHeader("In-Reply-To")).as(kind).hasSize(1);
            assertThat(visible(item)).as(kind).contains("\nAbout message m-1\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0:00:00 (given as 0)",
        "62, 0:01:02 (given as 62)",
        "360000, 100:00:00 (given as 360000)",
        "PT1H2M3S, 1:02:03 (given as PT1H2M3S)",
        "PT-5S, PT-5S",
        "1:02, 1:02",
        "1234567890, 1234567890",
        "P1Y, P1Y",
    })
    void durationIsReadableAndStaysAsGiven(String given, String shown) throws Exception {
        SourceItem call = event("CALL").property("callDuration", given).build();

        assertThat(visible(call)).contains("\nDuration " + shown + "\n");
        assertThat(Samples.read(call).getHeader("X-CellTrust-Duration")).containsExactly(given);
    }

    @Test
    void elementsOfAMultimediaMessageHaveTheirHeadersOnlyIfTheItemHasThem() throws Exception {
        SourceItem item = event("MMS")
                .property("X-Mms-Priority", "High\r\nX-Evil: 1")
                .property("mmsMessageClass", "Personal")
                .property("mms_transaction_id", "t-1")
                .property("X-Mms-Evil", "not one of them")
                .property("priority", "not of the MMS")
                .build();
        var email = Samples.read(item);

        assertThat(email.getHeader("X-Mms-Message-Class")).containsExactly("Personal");
        assertThat(email.getHeader("X-Mms-Transaction-Id")).containsExactly("t-1");
        assertThat(email.getHeader("X-Mms-Priority")).hasSize(1);
        assertThat(email.getHeader("X-Evil")).isNull();
        assertThat(email.getHeader("X-Mms-Evil")).isNull();
        assertThat(visible(item))
                .contains("\nX-Mms-Message-Class Personal\n", "\nX-Mms-Evil not one of them\n")
                .contains("\npriority not of the MMS\n");
    }

    @Test
    void everyoneInAGroupHasARow() throws Exception {
        SourceItem group = event("CHAT")
                .recipient(new Participant(ParticipantRole.CC, "Cid Moe", "+3", "cid.moe@corp.example", false))
                .recipient(new Participant(ParticipantRole.BCC, null, null, null, false))
                .text("hi")
                .build();

        assertThat(visible(group))
                .startsWith("Chat from Ann Lee to Bob Ray and 2 others\n")
                .contains(
                        "\nTo Bob Ray, +12025550101\n", "\nCc Cid Moe, +3, cid.moe@corp.example\n", "\nBcc unknown\n");
    }

    @Test
    void namesKeepTheirDirectionToThemselves() throws Exception {
        SourceItem item = Samples.sms("\u05E9\u05DC\u05D5\u05DD")
                .sender(Samples.ANN.withDisplayName("\u05D3\u05E0\u05D4 (1)"))
                .build();

        assertThat(Samples.html(Samples.read(item)))
                .contains("<b><bdi>SMS</bdi> from <bdi>\u05D3\u05E0\u05D4 (1)</bdi> to <bdi>Bob Ray</bdi></b>")
                .contains(
                        "<bdi>\u05D3\u05E0\u05D4 (1)</bdi>, <bdi>+1 202 555 0100</bdi>, <bdi>ann.lee@corp.example</bdi>");
    }

    @Test
    void htmlHasNothingToFetchToFollowOrToRun() throws Exception {
        SourceItem item = Samples.sms("https://evil.example <img src=https://evil.example/x> javascript:alert(1)")
                .property("<script>", "<a href='https://evil.example'>")
                .build();

        assertThat(Samples.html(Samples.read(item)))
                .doesNotContainPattern("<(a|script|img|link|iframe|form)\\b|url\\(|@import");
    }

    private static SourceItem.Builder event(String kind) {
        return SourceItem.builder("e-1", kind, Samples.SENT).sender(Samples.ANN).recipient(Samples.BOB);
    }

    /** What a reader sees, one row or paragraph to a line. */
    private static String visible(SourceItem item) throws Exception {
        String html = Samples.html(Samples.read(item));
        return html.substring(html.indexOf("<body>"))
                .replaceAll("\r\n", "")
                .replaceAll("</th>", " ")
                .replaceAll("</(p|tr)>", "\n")
                .replaceAll("<[^>]*>", "");
    }
}

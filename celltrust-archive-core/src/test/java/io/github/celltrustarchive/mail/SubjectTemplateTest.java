// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.celltrustarchive.model.SourceItem;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubjectTemplateTest {

    private final EmlMessageConverter.Builder converter = EmlMessageConverter.builder(Samples.PROFILE);

    @Test
    void placeholdersTakeTheItemsValues() throws Exception {
        converter.displayZone(ZoneId.of("Asia/Tokyo"));

        assertThat(subject(
                        "{direction} {kind} {id} {conversation} {date}: {sender} > {recipients}",
                        Samples.sms("x").recipient(Samples.to("+1")).build()))
                .isEqualTo("outbound SMS m-1 c-1 2026-03-05: Ann Lee > Bob Ray and 1 other");
    }

    @Test
    void bracketsDisappearWithAPlaceholderThatHasNoValue() throws Exception {
        SourceItem alone = SourceItem.builder("m-1", "SMS", Samples.SENT)
                .sender(Samples.ANN)
                .build();

        assertThat(subject("{kind}[ to {recipients}[ in {conversation}]].", alone))
                .isEqualTo("SMS.");
        assertThat(subject(
                        "{kind}[ to {recipients}[ in {conversation}]].",
                        Samples.sms("x").conversationId(null).build()))
                .isEqualTo("SMS to Bob Ray.");
    }

    @Test
    void backslashTakesTheNextCharacterAsItIs() throws Exception {
        assertThat(subject("\\[\\{kind} \\\\ {kind}\\]", Samples.sms("x").build()))
                .isEqualTo("[{kind} \\ SMS]");
    }

    @Test
    void valuesAreOnlyText() throws Exception {
        SourceItem hostile = Samples.sms("x")
                .sender(Samples.ANN.withDisplayName("{recipients}[\r\nBcc: x@y.example\u202E\\"))
                .build();

        assertThat(subject("{sender}|", hostile)).isEqualTo("{recipients}[\uFFFD\uFFFDBcc: x@y.example\\|");
    }

    @Test
    void kindWithATemplateOfItsOwnGoesFirst() throws Exception {
        converter.subject("SMS", "Text of {sender}").subject("Other {kind}");

        assertThat(convert(Samples.sms("x").build())).isEqualTo("Text of Ann Lee");
        assertThat(convert(SourceItem.builder("j", "JOIN", Samples.SENT)
                        .sender(Samples.ANN)
                        .build()))
                .isEqualTo("Other Join");
    }

    @Test
    void longSubjectIsCutBetweenCharactersAsPeopleSeeThem() throws Exception {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        SourceItem item = Samples.sms("x")
                .sender(Samples.ANN.withDisplayName(family.repeat(9)))
                .build();
        String subject = subject("{sender}{sender}{sender}{sender}", item);

        assertThat(subject.length()).isLessThanOrEqualTo(255);
        assertThat(subject.replace(family, "")).isEqualTo("\u2026");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{text}", "{kind", "[{kind}", "{kind}]", "{Kind}", "x\r\nBcc: y", "\u202Ex", "x\\"})
    void wrongTemplateIsRefusedAtOnce(String template) {
        assertThatIllegalArgumentException().isThrownBy(() -> converter.subject(template));
        assertThatIllegalArgumentException().isThrownBy(() -> converter.subject("SMS", template));
    }

    private String subject(String template, SourceItem item) throws Exception {
        converter.subject(template);
        return convert(item);
    }

    private String convert(SourceItem item) throws Exception {
        return Samples.convert(converter.build(), item).envelope().subject();
    }
}

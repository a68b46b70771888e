// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.ConnectorProfile;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Merge1ProfilesTest {

    static List<Merge1Profiles.Source> all() {
        return Merge1Profiles.all();
    }

    @Test
    void thereAreTwentyNineAndNoTwoShareANameAFolderOrAClass() {
        assertThat(all()).hasSize(29);
        List<Function<Merge1Profiles.Source, String>> distinct = List.of(
                Merge1Profiles.Source::name,
                Merge1Profiles.Source::folder,
                Merge1Profiles.Source::messageClass,
                Merge1Profiles.Source::headerPrefix);
        for (Function<Merge1Profiles.Source, String> part : distinct) {
            Set<String> values = all().stream()
                    .map(part)
                    .map(value -> value.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
            assertThat(values).hasSize(29);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachMakesAProfileThatCanBeUsed(Merge1Profiles.Source source) {
        ConnectorProfile profile = source.profile("c-1");

        assertThat(profile.problems()).isEmpty();
        assertThat(profile.folder()).startsWith("Inbox/").doesNotMatch(".*/.*/.*");
        assertThat(profile.messageClass("SMS"))
                .startsWith("IPM.ExternalData.")
                .endsWith(".SMS")
                .doesNotContain(" ");
        assertThat(profile.headerPrefix()).matches("X-[A-Za-z0-9]+");
        assertThat(Merge1EmlParser.of(profile)).isNotNull();
        assertThat(Merge1Profiles.named(source.name().toUpperCase(Locale.ROOT))).isSameAs(source);
    }

    @ParameterizedTest
    @CsvSource({
        "Redtail Speak, Inbox/Redtail Speak, IPM.ExternalData.RedtailSpeak, X-RedtailSpeak",
        "Text-delimited, Inbox/Text-delimited, IPM.ExternalData.Textdelimited, X-Textdelimited",
        "XSLT/XML, Inbox/XSLT-XML, IPM.ExternalData.XSLTXML, X-XSLTXML"
    })
    void namesFollowMicrosoftsRules(String name, String folder, String messageClass, String prefix) {
        ConnectorProfile profile = Merge1Profiles.named(name).profile("c-1");

        assertThat(List.of(profile.folder(), profile.messageClass(), profile.headerPrefix()))
                .containsExactly(folder, messageClass, prefix);
    }

    @Test
    void cellTrustIsTheReferenceProfile() {
        assertThat(Merge1Profiles.named("CellTrust").profile("c-1")).isEqualTo(ConnectorProfile.cellTrust("c-1"));
    }

    @Test
    void anUnknownSourceIsRefusedWithThoseThereAre() {
        assertThat(Merge1Profiles.find("ICQ")).isEmpty();
        assertThatThrownBy(() -> Merge1Profiles.named("ICQ"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("Slack eDiscovery, Symphony");
    }
}

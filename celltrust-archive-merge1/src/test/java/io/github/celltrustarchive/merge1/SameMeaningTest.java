// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static io.github.celltrustarchive.merge1.Emails.PROFILE;
import static io.github.celltrustarchive.merge1.Emails.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two emails that are one item, although their Message-IDs differ, are never merged in silence. */
class SameMeaningTest {

    private static final String FIRST = email("Ok");
    private static final String SECOND = FIRST.replace("<1@merge1.example>", "<2@merge1.example>");
    private static final String WITHOUT = FIRST.replace("Message-ID: <1@merge1.example>\r\n", "");

    private final Merge1EmlParser parser = Merge1EmlParser.of(PROFILE);

    @Test
    void anEmailThatDiffersInItsMessageIdAloneIsCountedOnceHoweverOftenItIsRead() throws Exception {
        for (int reading = 0; reading < 3; reading++) {
            SourceItem first = parse(parser, FIRST, "eml:1");
            SourceItem second = parse(parser, SECOND, "eml:2");
            assertThat(second.sourceId()).isEqualTo(first.sourceId());
        }

        assertThat(parser.sameByMeaning()).isEqualTo(1);
    }

    @Test
    void theSameEmailInAnotherPlaceIsNoMatter() throws Exception {
        parse(parser, FIRST, "eml:1");
        parse(parser, FIRST.replace("gateway.example", "other.example"), "eml:2");

        assertThat(parser.sameByMeaning()).isZero();
    }

    @Test
    void withoutMessageIdsThePlaceTellsThem() throws Exception {
        for (String place : List.of("eml:1", "eml:2", "eml:2")) {
            parse(parser, WITHOUT, place);
        }

        assertThat(parser.sameByMeaning()).isEqualTo(1);
    }

    @Test
    void whereSomethingElseTellsThemApartNothingIsCounted() throws Exception {
        Merge1EmlParser stable =
                Merge1EmlParser.builder(PROFILE).stableMessageIds(true).build();
        parse(stable, FIRST, "eml:1");
        parse(stable, SECOND, "eml:2");
        parse(parser, FIRST.replace("Date:", "X-CellTrust-Message-Id: 1\r\nDate:"), "eml:3");
        parse(parser, SECOND.replace("Date:", "X-CellTrust-Message-Id: 2\r\nDate:"), "eml:4");
        parse(parser, SECOND.replace("Ok", "Okay"), "eml:5");

        assertThat(stable.sameByMeaning() + parser.sameByMeaning()).isZero();
    }

    @Test
    void manyOtherEmailsMayComeInBetween() throws Exception {
        parse(parser, FIRST, "eml:1");
        for (int i = 0; i < 500; i++) {
            parse(parser, email("Text " + i), "eml:other");
        }
        parse(parser, SECOND, "eml:2");

        assertThat(parser.sameByMeaning()).isEqualTo(1);
    }

    private static SourceItem parse(Merge1EmlParser parser, String email, String locator) throws Exception {
        return parser.parse(new RawRecord(Merge1EmlParser.MEDIA_TYPE, Content.ofUtf8(email), locator));
    }
}

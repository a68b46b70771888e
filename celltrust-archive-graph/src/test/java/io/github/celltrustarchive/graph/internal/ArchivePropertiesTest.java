// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static io.github.celltrustarchive.graph.internal.GraphSamples.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.testkit.contract.HostileValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mailbox has a number of named properties and header names, and then no mail any more. */
class ArchivePropertiesTest {

    @TempDir
    private Path folder;

    @Test
    void idsAreWrittenDownAndTwoOfThemAreNamed() {
        assertThat(ArchiveProperties.ALL)
                .containsExactlyInAnyOrder(
                        "Integer 0x0E07",
                        "SystemTime 0x0E06",
                        "SystemTime 0x0039",
                        "String 0x001A",
                        "String 0x007D",
                        "String 0x1042",
                        "String 0x1039",
                        "String {bbc4b1de-d574-4346-bce7-99d37d979e9a} Name CellTrustArchiveKey",
                        "String {bbc4b1de-d574-4346-bce7-99d37d979e9a} Name CellTrustArchiveState");
    }

    @Test
    void noMessageEverBringsAnotherPropertyOrHeaderName() throws IOException {
        TreeSet<String> ids = new TreeSet<>();
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<SourceItem> items = new ArrayList<>(HostileValues.items());
        SourceItem.Builder everybody = GraphSamples.item("CHAT");
        HostileValues.participants().forEach(each -> everybody.recipient(each.withRole(ParticipantRole.CC)));
        items.add(everybody.build());

        for (SourceItem item : items) {
            for (MessageSettings settings : List.of(SETTINGS, SETTINGS.withReducedFidelity(true))) {
                try (GraphMessage message = new MessageFactory(settings, folder).make(GraphSamples.delivery(item))) {
                    JsonNode json = message.createRequest();
                    ids.addAll(json.path("singleValueExtendedProperties").findValuesAsText("id"));
                    names.addAll(json.path("internetMessageHeaders").findValuesAsText("name"));
                    assertThat(json.findValues("multiValueExtendedProperties")).isEmpty();
                    assertThat(GraphSamples.headers(json).values())
                            .allSatisfy(value -> assertThat(value).matches("[\\x20-\\x7E]{1,995}"));
                }
            }
        }

        assertThat(ids).isEqualTo(new TreeSet<>(ArchiveProperties.ALL));
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "X-CellTrust-Message-Id",
                        "X-CellTrust-Conversation-Id",
                        "X-CellTrust-Type",
                        "X-CellTrust-Direction",
                        "X-CellTrust-Archive-Key");
    }
}

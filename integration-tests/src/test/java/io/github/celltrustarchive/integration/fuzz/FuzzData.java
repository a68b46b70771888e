// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Items whose every field the fuzzer chooses. */
final class FuzzData {

    private static final String[] KINDS = {
        "SMS", "MMS", "CHAT", "CALL", "VOICEMAIL", "RECEIPT", "EDIT", "DELETE", "REACTION"
    };
    private static final ParticipantRole[] ROLES = {ParticipantRole.TO, ParticipantRole.CC, ParticipantRole.BCC};
    private static final int MAX_TEXT = 60;

    private final FuzzedDataProvider data;

    FuzzData(FuzzedDataProvider data) {
        this.data = data;
    }

    SourceItem item() {
        String kind = data.consumeBoolean() ? data.pickValue(KINDS) : some();
        SourceItem.Builder item = SourceItem.builder(some(), kind, sent())
                .sender(person(ParticipantRole.FROM))
                .conversationId(maybe())
                .relatedId(maybe())
                .property("carrier", text());
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
            item.recipient(person(data.pickValue(ROLES)));
        }
        for (int i = data.consumeInt(0, 2); i > 0; i--) {
            item.attachment(new Attachment(text(), text(), Content.of(data.consumeBytes(64))));
        }
        return item.text(data.consumeString(1_000)).build();
    }

    private Instant sent() {
        return Instant.ofEpochSecond(
                data.consumeLong(-2_000_000_000L, 250_000_000_000L), data.consumeInt(0, 999_999_999));
    }

    private Participant person(ParticipantRole role) {
        return new Participant(role, maybe(), maybe(), maybe(), data.consumeBoolean());
    }

    private @Nullable String maybe() {
        return data.consumeBoolean() ? text() : null;
    }

    private String some() {
        String text = text();
        return text.isEmpty() ? "x" : text;
    }

    private String text() {
        String text = data.consumeString(MAX_TEXT);
        return data.consumeInt(0, 30) == 0 ? text.repeat(40) : text;
    }
}

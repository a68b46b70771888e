// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.SourceItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Message-IDs (RFC 5322 section 3.6.4). A message's own is made of its key. A conversation's root and a source id's anchor are
 * the ids of messages that don't exist: mail clients gather under them what refers to them.
 */
final class ThreadIds {

    private static final int DIGITS = 40;

    private final ConnectorProfile profile;

    ThreadIds(ConnectorProfile profile) {
        this.profile = profile;
    }

    /** The Message-ID of an item. */
    String messageId(ItemKey key) {
        return msgId(key.hex().substring(0, DIGITS));
    }

    /** The anchor of all that is about the message with this source id, itself included. */
    String anchor(String sourceId) {
        return msgId(
                "about-" + digest("about", profile.name() + "\u0000" + sourceId).substring(0, DIGITS));
    }

    /** What an item refers to, farthest first. */
    List<String> references(SourceItem item) {
        List<String> references = new ArrayList<>();
        if (item.conversationId() != null) {
            String digest = digest("conversation", profile.name() + "\u0000" + item.conversationId());
            references.add(msgId("conversation-" + digest.substring(0, DIGITS)));
        }
        references.add(anchor(item.relatedId() != null ? item.relatedId() : item.sourceId()));
        return references;
    }

    private String msgId(String left) {
        return "<" + left + "@" + profile.domain() + ">";
    }

    /** SHA-256 over purpose and text, as hexadecimal digits. An unpaired surrogate counts as a question mark here. */
    static String digest(String purpose, String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(("celltrust-archive/" + purpose + "/1\u0000").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

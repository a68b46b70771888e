// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import java.util.List;
import java.util.TreeSet;

/**
 * Message-ID, and the ids that make a conversation one thread (docs/email-format.md, "Threading").
 *
 * <p>All but the Message-ID are ids of messages that don't exist: anchors that can be computed from what a record says. The
 * Message-ID of the message that a receipt or edit is about can't, because it depends on that message's content.
 */
final class MessageIds {

    private static final int DIGITS = 40;

    private MessageIds() {}

    /** The first 40 digits of the key: enough to be unique, short enough for every line. */
    static String messageId(ItemKey key, String domain) {
        return "<" + key.hex().substring(0, DIGITS) + "@" + domain + ">";
    }

    /**
     * The anchor of a conversation: of its id, or where the source gives none, of the set of parties, which is what a
     * telephone shows as one conversation.
     */
    static String conversation(SourceItem item, String connector, String domain) {
        String conversation = Address.given(item.conversationId());
        if (!conversation.isEmpty()) {
            return id(domain, "celltrust-archive/conversation/1", connector, conversation);
        }
        TreeSet<String> parties = new TreeSet<>();
        for (Participant participant : item.participants()) {
            String email = Address.validEmail(participant);
            parties.add(email == null ? Address.standInLabel(participant) : email);
        }
        return id(domain, "celltrust-archive/parties/1", connector, String.join(",", parties));
    }

    /** The anchor of everything about one source id: the message, its revisions, receipts, edits. */
    static String message(String sourceId, String connector, String domain) {
        return id(domain, "celltrust-archive/message/1", connector, sourceId);
    }

    /** The References of an item: its conversation, then the message it is, or is about. */
    static List<String> references(SourceItem item, String connector, String domain) {
        String related = Address.given(item.relatedId());
        return List.of(
                conversation(item, connector, domain),
                message(related.isEmpty() ? item.sourceId() : related, connector, domain));
    }

    private static String id(String domain, String... texts) {
        return "<" + Digests.hex(texts).substring(0, DIGITS) + "@" + domain + ">";
    }
}

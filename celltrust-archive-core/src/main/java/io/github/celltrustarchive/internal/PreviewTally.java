// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.PreviewReport;
import io.github.celltrustarchive.model.PreviewReport.Messages;
import io.github.celltrustarchive.model.PreviewReport.UnmappedUser;
import io.github.celltrustarchive.model.PreviewReport.Users;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what a preview finds. */
final class PreviewTally {

    private final Map<String, Long> held = new TreeMap<>();
    private final Map<String, Long> excluded = new TreeMap<>();
    private final Map<String, Long> rules = new TreeMap<>();
    private final Map<String, Long> heldParticipants = new TreeMap<>();
    private final Map<String, Long> mailboxes = new TreeMap<>();
    private final Map<String, UnmappedUser> unmapped = new LinkedHashMap<>();
    private final Map<String, Long> lastMessageOf = new HashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private long records;
    private long replayed;
    private long participants;
    private long external;
    private long unanswered;
    private long messages;
    private long bytes;
    private long largestBytes;
    private long partial;
    private long leftOut;
    private long bytesLeftOut;
    private long tooLarge;
    private long nobody;

    long records() {
        return records;
    }

    /** How many records aren't known yet. */
    long fresh() {
        return records - replayed;
    }

    /** How many records would be held. */
    long held() {
        return held.values().stream().mapToLong(Long::longValue).sum();
    }

    void record() {
        records++;
    }

    void replayed() {
        replayed++;
    }

    /** An entry that would be held or excluded. */
    void without(PageEntry entry) {
        if (entry.held() != null) {
            held.merge(entry.held(), 1L, Long::sum);
        } else {
            excluded.merge(String.valueOf(entry.excluded()), 1L, Long::sum);
        }
    }

    void message(Envelope envelope, long size, boolean isTooLarge) {
        messages++;
        bytes += size;
        largestBytes = Math.max(largestBytes, size);
        tooLarge += isTooLarge ? 1 : 0;
        partial += envelope.partial() ? 1 : 0;
        for (AttachmentSummary attachment : envelope.attachments()) {
            if (attachment.leftOut()) {
                leftOut++;
                bytesLeftOut += attachment.size();
            }
        }
    }

    void mapping(Participant participant, Mapping mapping) {
        participants++;
        if (mapping instanceof Mapping.Mapped mapped) {
            rules.merge(mapped.rule(), 1L, Long::sum);
        } else if (mapping instanceof Mapping.Unmapped none) {
            unmapped(participant.sourceUserId(), none.reason());
        } else {
            external++;
        }
    }

    /** Counts a message once, however often the user is in it. */
    private void unmapped(String user, String reason) {
        String key = user.isEmpty() ? "\0" + unmapped.size() : user; // of the nameless nobody knows who is who
        Long last = lastMessageOf.put(key, messages);
        if (last == null || last != messages) {
            UnmappedUser before = unmapped.get(key);
            unmapped.put(key, new UnmappedUser(user, reason, before == null ? 1 : before.messages() + 1));
        }
    }

    void heldParticipant(String reason) {
        participants++;
        heldParticipants.merge(reason, 1L, Long::sum);
    }

    void unanswered() {
        participants++;
        unanswered++;
    }

    /** The mailboxes of one message, each once. */
    void deliveries(Collection<Mailbox> of, boolean open) {
        if (of.isEmpty() && !open) {
            nobody++;
        }
        of.forEach(mailbox -> mailboxes.merge(mailbox.primaryAddress(), 1L, Long::sum));
    }

    void problem(String what) {
        problems.add(what);
    }

    PreviewReport report(String connector, boolean more) {
        return new PreviewReport(
                connector,
                records,
                replayed,
                held,
                excluded,
                new Messages(messages, bytes, largestBytes, partial, leftOut, bytesLeftOut, tooLarge),
                new Users(
                        participants,
                        rules,
                        external,
                        List.copyOf(unmapped.values()),
                        heldParticipants,
                        unanswered,
                        nobody),
                mailboxes,
                more,
                List.copyOf(problems));
    }
}

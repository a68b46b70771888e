// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells which attachments a half-written message lacks.
 *
 * <p>The rule: attachments are written in the order of {@link GraphMessage#attachments()}, one after the other, and none is
 * listed before all its bytes are there. So of those that share a name, the first ones are there, as many as are listed. Listed sizes
 * can't tell them apart, because Exchange counts more than the raw bytes, and how much more nobody says; but they may never be
 * smaller. If they are, or more of a name are listed than were ever to be written, somebody else had a hand in it, and the rule
 * gives no answer. Listed names that nobody wrote don't matter.
 */
final class AttachmentMatch {

    private AttachmentMatch() {}

    /**
     * An attachment that the mailbox lists.
     *
     * @param name as listed
     * @param size as listed
     */
    record Listed(String name, long size) {

        /** Shows no name. */
        @Override
        public String toString() {
            return "Listed[" + size + " bytes]";
        }
    }

    /**
     * Those of {@code wanted} that aren't listed, in order; empty if what is listed can't be the beginning of what is wanted.
     *
     * @param wanted all of a message, in the order in which they are written
     * @param listed in any order
     */
    static Optional<List<GraphAttachment>> missing(List<GraphAttachment> wanted, List<Listed> listed) {
        Map<String, List<Long>> sizes = listed.stream()
                .collect(Collectors.groupingBy(
                        Listed::name, Collectors.mapping(Listed::size, Collectors.toCollection(ArrayList::new))));
        Map<String, List<Long>> there = new HashMap<>();
        List<GraphAttachment> missing = new ArrayList<>();
        for (GraphAttachment attachment : wanted) {
            List<Long> ofThatName = sizes.getOrDefault(attachment.name(), List.of());
            List<Long> matched = there.computeIfAbsent(attachment.name(), name -> new ArrayList<>());
            if (matched.size() < ofThatName.size()) {
                matched.add(attachment.size());
            } else {
                missing.add(attachment);
            }
        }
        boolean sound = there.entrySet().stream()
                .allMatch(each -> covers(sizes.getOrDefault(each.getKey(), List.of()), each.getValue()));
        return sound ? Optional.of(missing) : Optional.empty();
    }

    /** Whether each raw size has a listed one of its own that is no smaller. */
    private static boolean covers(List<Long> listed, List<Long> raw) {
        if (listed.size() != raw.size()) {
            return false;
        }
        List<Long> large = listed.stream().sorted().toList();
        List<Long> small = raw.stream().sorted().toList();
        for (int i = 0; i < large.size(); i++) {
            if (large.get(i) < small.get(i)) {
                return false;
            }
        }
        return true;
    }
}

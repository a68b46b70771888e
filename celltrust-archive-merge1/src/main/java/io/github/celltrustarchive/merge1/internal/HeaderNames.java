// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names of the header fields in which a site says what mail has no field for. Names are compared in any case.
 *
 * @param email the addresses of every participant
 * @param sourceId the source's own id
 * @param conversation the conversation's id
 * @param related the id of the message that an event is about
 * @param kinds the kind; the first field that is there counts
 * @param direction {@code inbound} or {@code outbound}
 * @param sent when it was sent, more precisely than Date can say
 * @param received when it was received
 * @param delivered when it was delivered
 * @param read when it was read
 */
public record HeaderNames(
        String email,
        String sourceId,
        String conversation,
        String related,
        List<String> kinds,
        String direction,
        String sent,
        String received,
        String delivered,
        String read) {

    static final List<String> STANDARD = List.of("From", "To", "Cc", "Bcc", "Subject", "Date");

    public HeaderNames {
        kinds = List.copyOf(kinds);
    }

    /** Everything that is part of the meaning, in the order in which it enters the digest. */
    List<String> meaning() {
        List<String> names = new ArrayList<>(STANDARD);
        names.addAll(List.of(email, conversation, related));
        names.addAll(kinds);
        names.addAll(List.of(direction, sent, received, delivered, read));
        return names;
    }

    /** Everything that is read of a header, in lower case. */
    Set<String> wanted() {
        Set<String> wanted = new HashSet<>(MimeWalk.WANTED);
        Stream.concat(meaning().stream(), Stream.of(sourceId, "Message-ID", "Received"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(wanted::add);
        return wanted;
    }
}

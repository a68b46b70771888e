// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.spi.RecordException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who took part in an email. The <em>Email</em> field names the address of every participant; where it is missing, From, To,
 * Cc and Bcc do. From says in any case who the sender is, and whoever has a number but no address is known from there alone.
 *
 * @param sender the first address of From; where there is no From, the first of <em>Email</em>
 * @param recipients all others, in their order, each address once
 */
record ItemParticipants(Participant sender, List<Participant> recipients) {

    private static final Map<String, ParticipantRole> ROLES = roles();

    static ItemParticipants of(Fields head, String emailField, String standInDomain) {
        List<Participant> from = read(head, "From", standInDomain, ParticipantRole.TO);
        List<Participant> addressed = new ArrayList<>(from.isEmpty() ? from : from.subList(1, from.size()));
        ROLES.forEach((field, role) -> addressed.addAll(read(head, field, standInDomain, role)));
        List<Participant> listed = read(head, emailField, standInDomain, ParticipantRole.TO);
        if (from.isEmpty() && listed.isEmpty()) {
            throw new RecordException("neither From nor " + emailField + " names anybody");
        }
        Participant sender = from.isEmpty() ? listed.get(0) : from.get(0);
        Map<String, Participant> recipients = new LinkedHashMap<>();
        if (listed.isEmpty()) {
            addressed.forEach(p -> recipients.putIfAbsent(key(p), p));
        } else {
            Map<String, Participant> byAddress = new LinkedHashMap<>();
            addressed.forEach(p -> byAddress.putIfAbsent(key(p), p));
            listed.forEach(p -> recipients.putIfAbsent(key(p), byAddress.getOrDefault(key(p), p)));
            addressed.stream().filter(p -> p.email() == null).forEach(p -> recipients.putIfAbsent(key(p), p));
        }
        recipients.remove(key(sender));
        return new ItemParticipants(sender, List.copyOf(recipients.values()));
    }

    private static List<Participant> read(Fields head, String field, String standInDomain, ParticipantRole role) {
        List<Participant> participants = new ArrayList<>();
        for (String value : head.all(field)) {
            participants.addAll(AddressList.read(Fields.unicode(value), standInDomain, role));
            if (participants.size() > AddressList.MAX_ADDRESSES) {
                throw AddressList.tooMany();
            }
        }
        return participants;
    }

    /** Addresses are compared in any case, as Exchange does. */
    private static String key(Participant participant) {
        String email = participant.email();
        if (email != null) {
            return "a" + email.toLowerCase(Locale.ROOT);
        }
        return orEmpty("p", participant.phone()) + orEmpty("n", participant.displayName());
    }

    private static String orEmpty(String mark, @Nullable String text) {
        return text == null ? "" : mark + text;
    }

    private static Map<String, ParticipantRole> roles() {
        Map<String, ParticipantRole> roles = new LinkedHashMap<>();
        roles.put("To", ParticipantRole.TO);
        roles.put("Cc", ParticipantRole.CC);
        roles.put("Bcc", ParticipantRole.BCC);
        return Collections.unmodifiableMap(roles);
    }

    /** How many; never who. */
    @Override
    public String toString() {
        return "ItemParticipants[" + recipients.size() + " recipients]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.spi.RecordException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who took part in an {@code mms}. {@code addr} elements say so by the numbers of Android's {@code PduHeaders}; phones leave
 * some out, the phone's own number most often, so that whoever stands in {@code address} is added, and the owner.
 *
 * @param sender the {@code addr} of type 137 if it was received; the owner if not
 * @param recipients the others, each once
 */
record MmsParticipants(Participant sender, List<Participant> recipients) {

    /** What Android writes for the phone's own number. */
    private static final String SELF = "insert-address-token";

    private static final String FROM = "137";
    private static final Map<String, ParticipantRole> RECIPIENTS =
            Map.of("151", ParticipantRole.TO, "130", ParticipantRole.CC, "129", ParticipantRole.BCC);

    static MmsParticipants of(XmlElement mms, String owner, boolean received) {
        List<String> addresses = addresses(mms);
        String self = digits(owner);
        String from = owner;
        if (received) {
            from = mms.listed("addrs", "addr")
                    .filter(addr -> FROM.equals(addr.get("type")) && !SELF.equals(addr.get("address")))
                    .map(addr -> addr.get("address"))
                    .findFirst()
                    .orElse(addresses.size() == 1 ? addresses.get(0) : null);
        }
        Set<String> known = new HashSet<>();
        if (from != null) {
            known.add(digits(from));
        }
        List<Participant> recipients = new ArrayList<>();
        mms.listed("addrs", "addr").forEach(addr -> {
            ParticipantRole role = RECIPIENTS.get(String.valueOf(addr.get("type")));
            if (role != null) {
                String address = addr.get("address");
                boolean own = SELF.equals(address)
                        || (address != null && digits(address).equals(self));
                add(recipients, known, role, own ? owner : address); // spelled one way, so that a mapper knows it
            } else if (!FROM.equals(addr.get("type"))) {
                throw new RecordException("addr.type isn't 129, 130, 137 or 151");
            }
        });
        if (received) {
            add(recipients, known, ParticipantRole.TO, owner);
        }
        addresses.forEach(address -> add(recipients, known, ParticipantRole.TO, address));
        return new MmsParticipants(MessageParser.participant(ParticipantRole.FROM, from), recipients);
    }

    private static List<String> addresses(XmlElement mms) {
        String address = mms.get("address");
        return address == null || address.equals(SELF) ? List.of() : List.of(address.split("~"));
    }

    private static void add(List<Participant> to, Set<String> known, ParticipantRole role, @Nullable String address) {
        if (address != null && !address.isEmpty() && known.add(digits(address))) {
            to.add(MessageParser.participant(role, address));
        }
    }

    /** {@code +1 (202) 555-0100} and {@code 12025550100} are one number; nothing more is guessed. */
    private static String digits(String address) {
        return address.matches("[+0-9 ().-]*[0-9][+0-9 ().-]*") ? address.replaceAll("[^0-9]", "") : address;
    }
}

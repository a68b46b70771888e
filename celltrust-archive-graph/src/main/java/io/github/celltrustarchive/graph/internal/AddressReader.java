// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.model.AddrSpec;
import io.github.celltrustarchive.model.Participant;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads address fields. What isn't an address is never sent as one: it becomes the name of an address below the profile's
 * domain that no mail can reach, so that people still see it.
 */
final class AddressReader {

    private static final int MAX_NAME = 255;

    /**
     * An address as Graph takes it.
     *
     * @param name not empty
     * @param address an addr-spec
     * @param standIn whether the address is nobody's
     */
    record Named(String name, String address, boolean standIn) {

        /** Shows neither name nor address. */
        @Override
        public String toString() {
            return "Named";
        }
    }

    private final String standInAddress;
    private final Set<MessageNote> notes;

    /** With the domain for stand-ins. */
    AddressReader(String domain, Set<MessageNote> notes) {
        standInAddress = "unknown@" + domain;
        this.notes = notes;
    }

    /** The addresses of all fields with this name, groups as their members. */
    List<Named> read(EmlPart header, String field) {
        String[] values = header.values(field);
        List<Named> all = new ArrayList<>();
        for (String value : values) {
            readField(CleanText.unfolded(value), all);
        }
        return all;
    }

    private void readField(String value, List<Named> all) {
        try {
            add(InternetAddress.parseHeader(value, false), all);
        } catch (AddressException | RuntimeException e) {
            for (String piece : value.split(",", -1)) {
                readPiece(piece, all);
            }
        }
    }

    private void readPiece(String piece, List<Named> all) {
        try {
            add(InternetAddress.parseHeader(piece, false), all);
        } catch (AddressException | RuntimeException e) {
            addStandIn(piece, all);
        }
    }

    private void add(InternetAddress[] parsed, List<Named> all) throws AddressException {
        for (InternetAddress address : parsed) {
            if (address.isGroup()) {
                InternetAddress[] members = address.getGroup(false);
                if (members != null) {
                    add(members, all);
                }
            } else {
                add(address, all);
            }
        }
    }

    private void add(InternetAddress parsed, List<Named> all) {
        String address = parsed.getAddress();
        String personal = parsed.getPersonal(); // decoded
        if (address == null || !AddrSpec.isValid(address)) {
            String given = address == null ? "" : address;
            addStandIn(personal == null ? given : personal + " <" + given + ">", all);
            return;
        }
        String name = personal == null ? "" : name(personal);
        all.add(new Named(name.isEmpty() ? address : name, address, false));
    }

    private void addStandIn(String text, List<Named> all) {
        String name = name(CleanText.decoded(text));
        if (!name.isEmpty()) {
            notes.add(MessageNote.ADDRESS_INVALID);
            all.add(new Named(name, standInAddress, true));
        }
    }

    private String name(String text) {
        String name = CleanText.line(text).strip();
        if (name.length() > MAX_NAME) {
            notes.add(MessageNote.VALUE_SHORTENED);
        }
        return CleanText.shortened(name, MAX_NAME);
    }

    /** A participant, for emails whose header can't be read. */
    Named of(Participant participant) {
        String email = participant.email();
        boolean valid = email != null && AddrSpec.isValid(email);
        String shown = first(participant.displayName(), participant.phone(), email);
        String name = name(shown.isBlank() ? "unknown" : shown);
        return new Named(name.isEmpty() ? "unknown" : name, valid && email != null ? email : standInAddress, !valid);
    }

    /** Someone of whom nothing is known. */
    Named unknown() {
        return new Named("unknown", standInAddress, true);
    }

    private static String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return "";
    }
}

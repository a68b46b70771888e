// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person, or a short code, that took part in a message. Every field is kept as the source spells it. A sender whom the
 * source doesn't name has none of name, number and address; the mapper decides about them as about everybody.
 *
 * @param role the place in the message
 * @param displayName the name as given, or null
 * @param phone the number as given, or null; E.164 is derived for mapping only
 * @param email the <em>Email</em> property as given, or null
 * @param external whether the source says that this is nobody of the firm's. False says nothing: whom no mapper knows is
 *     then listed as failed, so a source or a mapper that can tell outsiders apart should
 */
public record Participant(
        ParticipantRole role,
        @Nullable String displayName,
        @Nullable String phone,
        @Nullable String email,
        boolean external) {

    public Participant {
        Objects.requireNonNull(role, "role");
    }

    /** A participant with a number and nothing else. */
    public static Participant ofPhone(ParticipantRole role, String phone) {
        return new Participant(role, null, Objects.requireNonNull(phone, "phone"), null, false);
    }

    /** A participant with an address and nothing else. */
    public static Participant ofEmail(ParticipantRole role, String email) {
        return new Participant(role, null, null, Objects.requireNonNull(email, "email"), false);
    }

    /** This participant with another name. */
    public Participant withDisplayName(@Nullable String newName) {
        return new Participant(role, newName, phone, email, external);
    }

    /** This participant in another role. */
    public Participant withRole(ParticipantRole newRole) {
        return new Participant(newRole, displayName, phone, email, external);
    }

    /** What the status log calls this participant: the address, else the number, else the name, else nothing. */
    public String sourceUserId() {
        if (email != null) {
            return email;
        }
        if (phone != null) {
            return phone;
        }
        return displayName == null ? "" : displayName;
    }

    /** Role and which fields are there; never what they say. */
    @Override
    public String toString() {
        return "Participant[" + role
                + (displayName != null ? ", name" : "")
                + (phone != null ? ", phone" : "")
                + (email != null ? ", email" : "")
                + (external ? ", external" : "")
                + "]";
    }
}

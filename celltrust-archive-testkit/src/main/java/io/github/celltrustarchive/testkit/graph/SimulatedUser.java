// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user of the simulated directory.
 *
 * @param id the object id
 * @param userPrincipalName the sign-in name
 * @param mail the primary SMTP address, or null
 * @param proxyAddresses such as {@code SMTP:ann@contoso.example} and {@code smtp:alias@contoso.example}
 * @param otherMails further addresses
 * @param mobilePhone as kept in the directory, or null
 * @param businessPhones as kept in the directory
 * @param guest whether the user belongs to another tenant
 */
public record SimulatedUser(
        String id,
        String userPrincipalName,
        @Nullable String mail,
        List<String> proxyAddresses,
        List<String> otherMails,
        @Nullable String mobilePhone,
        List<String> businessPhones,
        boolean guest) {

    public SimulatedUser {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userPrincipalName, "userPrincipalName");
        proxyAddresses = List.copyOf(proxyAddresses);
        otherMails = List.copyOf(otherMails);
        businessPhones = List.copyOf(businessPhones);
    }

    /** A user with a mailbox and one address, which is the sign-in name too. */
    public static SimulatedUser of(String id, String address) {
        return new SimulatedUser(id, address, address, List.of("SMTP:" + address), List.of(), null, List.of(), false);
    }

    /** This user with further addresses of the mailbox. */
    public SimulatedUser withAliases(String... aliases) {
        List<String> all = new java.util.ArrayList<>(proxyAddresses);
        for (String alias : aliases) {
            all.add("smtp:" + alias);
        }
        return new SimulatedUser(id, userPrincipalName, mail, all, otherMails, mobilePhone, businessPhones, guest);
    }
}

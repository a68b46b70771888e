// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import io.github.celltrustarchive.model.AddrSpec;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.UserMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The reference system's rule: a participant's <em>Email</em> property is the mailbox.
 *
 * <ul>
 *   <li>an address in an owned domain: that mailbox; its id is the address in lower case, because Exchange doesn't tell
 *       upper from lower case;
 *   <li>an address in any other domain, or a participant whom the source flags as external: external;
 *   <li>something that isn't a plain address ({@code dot-atom@domain} in ASCII): unmapped. It is never split or repaired;
 *   <li>no address: unmapped, once per user, unless the source flags the participant as external. A source that knows
 *       which numbers belong to outsiders says so with that flag; the others are listed so that somebody decides.
 * </ul>
 *
 * <p>A subdomain of an owned domain is owned only if it is listed too, or with {@link #withSubdomains}. Two addresses of one person are two mailboxes here;
 * put a mapper that knows the directory in front where people have several. Usually second: {@code csv.orElse(email)}.
 *
 * <p>Immutable and thread-safe.
 */
public final class EmailUserMapper implements UserMapper {

    private final Set<String> ownedDomains;
    private final boolean subdomains;

    /**
     * A mapper that takes the listed domains for owned, and none below them.
     *
     * @param ownedDomains the firm's own domains, in any case; at least one
     * @throws IllegalArgumentException if there is none, or one isn't a domain
     */
    public EmailUserMapper(Collection<String> ownedDomains) {
        this(ownedDomains, false);
    }

    private EmailUserMapper(Collection<String> ownedDomains, boolean subdomains) {
        this.subdomains = subdomains;
        this.ownedDomains =
                ownedDomains.stream().map(d -> d.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (this.ownedDomains.isEmpty()) {
            throw new IllegalArgumentException("without an owned domain every participant would be external");
        }
        for (String domain : this.ownedDomains) {
            if (!AddrSpec.isDomain(domain)) {
                throw new IllegalArgumentException("not a domain: " + domain);
            }
        }
    }

    /**
     * A mapper that takes every domain below the listed ones for owned too.
     *
     * @throws IllegalArgumentException as the constructor says
     */
    public static EmailUserMapper withSubdomains(Collection<String> ownedDomains) {
        return new EmailUserMapper(ownedDomains, true);
    }

    @Override
    public Mapping map(Participant participant, Instant at) {
        if (participant.external()) {
            return Mapping.external();
        }
        String email = participant.email();
        if (email == null || email.isEmpty()) {
            return Mapping.unmapped("no mapping for this number and no email address");
        }
        if (!AddrSpec.isValid(email)) {
            return Mapping.unmapped("the email address isn't a plain address");
        }
        String address = email.toLowerCase(Locale.ROOT);
        return isOwned(address.substring(address.indexOf('@') + 1))
                ? Mapping.to(new Mailbox(address, email), "email")
                : Mapping.external();
    }

    private boolean isOwned(String domain) {
        for (String d = domain; !d.isEmpty(); d = d.substring(d.indexOf('.') + 1)) {
            if (ownedDomains.contains(d)) {
                return true;
            }
            if (!subdomains || d.indexOf('.') < 0) {
                return false;
            }
        }
        return false;
    }
}

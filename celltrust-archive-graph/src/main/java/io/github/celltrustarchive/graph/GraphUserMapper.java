// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.graph.internal.Directory;
import io.github.celltrustarchive.graph.internal.DirectoryCache;
import io.github.celltrustarchive.model.AddrSpec;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds participants in the tenant's directory. A mailbox's identity is the user's object id, so that all addresses of one
 * person are one mailbox and get one copy.
 *
 * <ul>
 *   <li>an address is looked for in {@code mail}, {@code proxyAddresses}, {@code userPrincipalName} and {@code otherMails},
 *       in this order; the first property in which any user has it decides;
 *   <li>a participant without an address is looked for by number, if {@link GraphUserMapperBuilder#phones} says so;
 *   <li>two users with the address, a guest, a user without a mailbox, somebody outside the group: unmapped, with the
 *       reason;
 *   <li>an address outside the owned domains, or a participant whom the source flags as external: external.
 * </ul>
 *
 * <p>{@link #identifying} gives addresses that another mapper found (a CSV file, say) the same identity.
 *
 * <p><b>Permissions.</b> {@code User.Read.All} (application); with a group, {@code GroupMember.Read.All} too.
 * {@code User.ReadBasic.All} is enough for {@code mail} and {@code userPrincipalName} only. Facts: <a
 * href="https://learn.microsoft.com/graph/api/user-list#permissions">list users, permissions</a>.
 *
 * <p><b>Threading.</b> May be called by several threads at once. Hits and misses are kept for a while, at most so many.
 *
 * <p><b>Errors.</b> {@link IOException} if the directory doesn't answer, {@link ArchiveException} with {@code RETRY} if it
 * asks to wait and with {@code STOP} if the application may not read it.
 */
public final class GraphUserMapper implements UserMapper {

    private final DirectoryCache directory;
    private final Set<String> ownedDomains;
    private final boolean phones;
    private final @Nullable String group;

    GraphUserMapper(DirectoryCache directory, Set<String> ownedDomains, boolean phones, @Nullable String group) {
        this.directory = directory;
        this.ownedDomains = ownedDomains;
        this.phones = phones;
        this.group = group;
    }

    /** Starts a mapper for the tenant whose tokens these are. */
    public static GraphUserMapperBuilder builder(MicrosoftCloud cloud, TokenSource tokens) {
        return new GraphUserMapperBuilder(cloud, tokens);
    }

    @Override
    public Mapping map(Participant participant, Instant at) throws IOException, InterruptedException {
        if (participant.external()) {
            return Mapping.external();
        }
        String email = participant.email();
        if (email == null || email.isEmpty()) {
            return mapPhone(participant.phone());
        }
        if (!AddrSpec.isValid(email)) {
            return Mapping.unmapped("the email address isn't a plain address");
        }
        String address = email.toLowerCase(Locale.ROOT);
        if (!ownedDomains.isEmpty() && !ownedDomains.contains(address.substring(address.indexOf('@') + 1))) {
            return Mapping.external();
        }
        return decide(directory.byAddress(address), "no user of the directory has this address");
    }

    /**
     * A mapper that asks {@code first} and gives each mailbox that it finds the directory's object id, so that an address
     * from a CSV file and the same person's address from the directory are one mailbox.
     *
     * @param first its mailboxes' primary addresses are looked up; one that the directory doesn't know is unmapped, with
     *     the reason
     */
    public UserMapper identifying(UserMapper first) {
        Objects.requireNonNull(first, "first");
        return (participant, at) -> {
            Mapping found = first.map(participant, at);
            if (!(found instanceof Mapping.Mapped mapped)) {
                return found;
            }
            String address = mapped.mailbox().primaryAddress().toLowerCase(Locale.ROOT);
            Mapping identified = decide(
                    directory.byAddress(address), "the directory doesn't know the mailbox of rule " + mapped.rule());
            return identified instanceof Mapping.Mapped user
                    ? Mapping.to(user.mailbox(), mapped.rule() + ", " + user.rule())
                    : identified;
        };
    }

    private Mapping mapPhone(@Nullable String phone) throws IOException, InterruptedException {
        if (!phones || phone == null || phone.isEmpty()) {
            return Mapping.unmapped("no mapping for this number and no email address");
        }
        return decide(directory.byPhone(phone), "no user of the directory has this number");
    }

    private Mapping decide(List<Directory.User> users, String noneFound) throws IOException, InterruptedException {
        if (users.isEmpty()) {
            return Mapping.unmapped(noneFound);
        }
        if (users.size() > 1) {
            return Mapping.unmapped(
                    "several users of the directory have it (" + users.get(0).foundBy() + ")");
        }
        Directory.User user = users.get(0);
        String mail = user.mail();
        if (user.guest()) {
            return Mapping.unmapped("the user is a guest of another tenant");
        }
        if (mail == null) {
            return Mapping.unmapped("the user has no mailbox");
        }
        if (group != null && !directory.members(group).contains(user.id())) {
            return Mapping.unmapped("the user isn't in the group that is archived");
        }
        return Mapping.to(new Mailbox(user.id(), mail), "directory:" + user.foundBy());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The users, groups and mailboxes there are. */
final class SimulatedTenant {

    private final Function<SimulatedUser, SimulatedMailbox> newMailbox;
    private final List<SimulatedUser> users = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> groups = new ConcurrentHashMap<>();
    private final Map<String, SimulatedMailbox> mailboxes = new ConcurrentHashMap<>();

    SimulatedTenant(Function<SimulatedUser, SimulatedMailbox> newMailbox) {
        this.newMailbox = newMailbox;
    }

    SimulatedMailbox add(SimulatedUser user) {
        users.add(user);
        SimulatedMailbox mailbox = newMailbox.apply(user);
        if (user.mail() != null) {
            mailboxes.put(user.id(), mailbox);
        }
        return mailbox;
    }

    void group(String id, List<String> userIds) {
        groups.put(id, List.copyOf(userIds));
    }

    List<SimulatedUser> users() {
        return new ArrayList<>(users);
    }

    List<SimulatedMailbox> mailboxes() {
        return new ArrayList<>(mailboxes.values());
    }

    Optional<SimulatedMailbox> mailboxOfUser(SimulatedUser user) {
        return Optional.ofNullable(mailboxes.get(user.id()));
    }

    SimulatedUser user(String idOrName) throws Refusal {
        return find(idOrName)
                .orElseThrow(() -> new Refusal(404, "Request_ResourceNotFound", "The user does not exist."));
    }

    List<SimulatedUser> members(String groupId) throws Refusal {
        List<String> ids = groups.get(groupId);
        if (ids == null) {
            throw new Refusal(404, "Request_ResourceNotFound", "The group does not exist.");
        }
        return users.stream().filter(user -> ids.contains(user.id())).toList();
    }

    SimulatedMailbox mailboxOf(String idOrName) throws Refusal {
        SimulatedUser user = find(idOrName)
                .orElseThrow(() -> new Refusal(404, "ResourceNotFound", "Resource could not be discovered."));
        SimulatedMailbox mailbox = mailboxes.get(user.id());
        if (mailbox == null) {
            throw new Refusal(
                    404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or on-premise.");
        }
        return mailbox;
    }

    private Optional<SimulatedUser> find(String idOrName) {
        return users.stream()
                .filter(user -> user.id().equals(idOrName)
                        || user.userPrincipalName().equalsIgnoreCase(idOrName)
                        || idOrName.equalsIgnoreCase(user.mail()))
                .findFirst();
    }

    /** A mailbox by the id that {@code settings/exchange} tells. */
    SimulatedMailbox mailboxByExchangeId(String exchangeId) throws Refusal {
        for (SimulatedUser user : users) {
            if (exchangeId(user).equals(exchangeId)) {
                return mailboxOf(user.id());
            }
        }
        throw new Refusal(404, "ErrorNonExistentMailbox", "The mailbox does not exist.");
    }

    static String exchangeId(SimulatedUser user) {
        return "MBX:"
                + Hashes.sha256(user.id().getBytes(StandardCharsets.UTF_8)).substring(0, 8) + "@simulator";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The users, groups and mailboxes there are. */
final class SimulatedTenant {

    private final int maxNamedProperties;
    private final List<SimulatedUser> users = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> groups = new ConcurrentHashMap<>();
    private final Map<String, SimulatedMailbox> mailboxes = new ConcurrentHashMap<>();

    SimulatedTenant(int maxNamedProperties) {
        this.maxNamedProperties = maxNamedProperties;
    }

    SimulatedMailbox add(SimulatedUser user) {
        users.add(user);
        SimulatedMailbox mailbox = new SimulatedMailbox(user.id(), maxNamedProperties);
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
}

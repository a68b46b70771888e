// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps what the directory answered, so that a day's messages don't ask for the same people again and again. */
public final class DirectoryCache {

    private static final int MAX_GROUPS = 16;

    private final Directory directory;
    private final Duration hitLifetime;
    private final Duration missLifetime;
    private final ExpiringCache<String, List<Directory.User>> users;
    private final ExpiringCache<String, Set<String>> groups;

    public DirectoryCache(Directory directory, int max, Duration hitLifetime, Duration missLifetime, Clock clock) {
        this.directory = directory;
        this.hitLifetime = hitLifetime;
        this.missLifetime = missLifetime;
        this.users = new ExpiringCache<>(max, clock);
        this.groups = new ExpiringCache<>(MAX_GROUPS, clock);
    }

    /** See {@link Directory#byAddress}. */
    public List<Directory.User> byAddress(String address) throws IOException, InterruptedException {
        String key = "address:" + address;
        Optional<List<Directory.User>> kept = users.get(key);
        return kept.isPresent() ? kept.get() : keep(key, directory.byAddress(address));
    }

    /** See {@link Directory#byPhone}. */
    public List<Directory.User> byPhone(String phone) throws IOException, InterruptedException {
        String key = "phone:" + phone;
        Optional<List<Directory.User>> kept = users.get(key);
        return kept.isPresent() ? kept.get() : keep(key, directory.byPhone(spellings(phone)));
    }

    /** See {@link Directory#members}. */
    public Set<String> members(String groupId) throws IOException, InterruptedException {
        Optional<Set<String>> kept = groups.get(groupId);
        if (kept.isPresent()) {
            return kept.get();
        }
        Set<String> members = directory.members(groupId);
        groups.put(groupId, members, hitLifetime);
        return members;
    }

    private List<Directory.User> keep(String key, List<Directory.User> found) {
        users.put(key, found, found.isEmpty() ? missLifetime : hitLifetime);
        return found;
    }

    /** As given, and as E.164 if it is digits with or without a plus. */
    private static Set<String> spellings(String phone) {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(phone);
        String digits = phone.startsWith("+") ? phone.substring(1) : phone;
        if (digits.matches("[0-9]{7,15}")) {
            spellings.add("+" + digits);
        }
        return spellings;
    }
}

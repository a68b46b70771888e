// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks users up in the directory of a tenant.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/api/user-list">list users</a>, <a
 * href="https://learn.microsoft.com/graph/aad-advanced-queries">advanced query capabilities</a>, <a
 * href="https://learn.microsoft.com/graph/api/group-list-transitivemembers">transitive members of a group</a>.
 */
public final class Directory {

    private static final String SELECT = "&$select=id,mail,userPrincipalName,userType";
    private static final int MAX_PAGES = 10_000;

    private final GraphCalls calls;
    private final Clock clock;

    public Directory(GraphCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * A user.
     *
     * @param id the object id, which stays when addresses change
     * @param mail the primary SMTP address, or null for a user who has none
     * @param guest whether the user belongs to another tenant
     * @param foundBy which property held what was looked for
     */
    public record User(String id, @Nullable String mail, boolean guest, String foundBy) {
        @Override
        public String toString() {
            return "User[found by " + foundBy + "]";
        }
    }

    /** All users who have this address, by the first property that any user has it in; several only if it is ambiguous. */
    public List<User> byAddress(String address) throws IOException, InterruptedException {
        String plain = GraphRequest.literal(address);
        Map<String, String> filters = new LinkedHashMap<>();
        filters.put("mail", "mail eq " + plain);
        filters.put("proxyAddresses", "proxyAddresses/any(p:p eq " + GraphRequest.literal("smtp:" + address) + ")");
        filters.put("userPrincipalName", "userPrincipalName eq " + plain);
        filters.put("otherMails", "otherMails/any(m:m eq " + plain + ")");
        return first(filters);
    }

    /** All users who have this number; the directory compares texts, so each way of spelling it is asked for. */
    public List<User> byPhone(Collection<String> spellings) throws IOException, InterruptedException {
        for (String spelling : spellings) {
            String number = GraphRequest.literal(spelling);
            Map<String, String> filters = new LinkedHashMap<>();
            filters.put("mobilePhone", "mobilePhone eq " + number);
            filters.put("businessPhones", "businessPhones/any(p:p eq " + number + ")");
            List<User> users = first(filters);
            if (!users.isEmpty()) {
                return users;
            }
        }
        return List.of();
    }

    /** The object ids of everybody in a group and in the groups inside it. */
    public Set<String> members(String groupId) throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        Set<String> seen = new HashSet<>();
        @Nullable
        String link = "/groups/" + GraphRequest.encode(groupId)
                + "/transitiveMembers/microsoft.graph.user?$count=true&$select=id&$top=999";
        while (link != null) {
            if (!seen.add(link) || seen.size() > MAX_PAGES) {
                throw new IOException("the pages of a group's members go round in a circle");
            }
            JsonNode page = get(GraphRequest.get(link, null).withHeader("ConsistencyLevel", "eventual"));
            page.path("value").forEach(member -> ids.add(member.path("id").asText()));
            JsonNode next = page.path("@odata.nextLink");
            link = next.isTextual() ? next.asText() : null;
        }
        return ids;
    }

    private List<User> first(Map<String, String> filters) throws IOException, InterruptedException {
        for (Map.Entry<String, String> filter : filters.entrySet()) {
            JsonNode answer =
                    get(GraphRequest.get("/users?$filter=" + GraphRequest.encode(filter.getValue()) + SELECT, null));
            List<User> users = new ArrayList<>();
            for (JsonNode user : answer.path("value")) {
                users.add(user(user, filter.getKey()));
            }
            if (!users.isEmpty()) {
                return users;
            }
        }
        return List.of();
    }

    private JsonNode get(GraphRequest request) throws IOException, InterruptedException {
        try {
            JsonNode body = calls.call(request).body();
            if (!body.path("value").isArray()) {
                throw new IOException("Microsoft Graph answered with something that is no list");
            }
            return body;
        } catch (GraphException e) {
            throw e.orCertainly(clock);
        }
    }

    private static User user(JsonNode json, String foundBy) throws IOException {
        String id = json.path("id").asText("");
        if (id.isEmpty()) {
            throw new IOException("Microsoft Graph answered with a user without an id");
        }
        JsonNode mail = json.path("mail");
        boolean guest = "Guest".equalsIgnoreCase(json.path("userType").asText(""));
        return new User(id, mail.isTextual() ? mail.asText() : null, guest, foundBy);
    }
}

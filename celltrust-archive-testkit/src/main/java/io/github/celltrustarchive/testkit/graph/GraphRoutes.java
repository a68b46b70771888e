// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What each address does, and that there are no others. */
final class GraphRoutes {

    private static final int DEFAULT_PAGE = 10;
    private static final int MAX_REQUEST = 4 * 1024 * 1024;
    private static final Pattern ADVANCED = Pattern.compile("transitiveMembers");
    private static final Set<String> DEAD_AFTER_CREATION =
            Set.of("Integer 0x0E07", "SystemTime 0x0E06", "SystemTime 0x0039");

    private final SimulatedTenant tenant;
    private final UploadSessions uploads;
    private final MessageRules rules;
    private final List<String> problems;
    private final Clock clock;
    private final URI root;

    GraphRoutes(SimulatedTenant tenant, UploadSessions uploads, List<String> problems, Clock clock, URI root) {
        this.tenant = tenant;
        this.uploads = uploads;
        this.rules = new MessageRules(problems);
        this.problems = problems;
        this.clock = clock;
        this.root = root;
    }

    Reply answer(Call call) throws Refusal {
        if (call.body().length > MAX_REQUEST) {
            throw new Refusal(413, "RequestEntityTooLarge", "The request is larger than 4 MB.");
        }
        return switch (call.route()) {
            case "GET v1.0/users" ->
                page(call, tenant.users(), ODataFilter.users(call.query("$filter", "")), GraphJson::user);
            case "GET v1.0/users/*" ->
                Reply.of(200, GraphJson.user(tenant.user(call.path().get(2))));
            case "GET v1.0/groups/*/transitiveMembers/microsoft.graph.user" -> members(call);
            case "GET v1.0/users/*/mailFolders/*" -> folder(call);
            case "PATCH v1.0/users/*/mailFolders/*" -> changeFolder(call);
            case "GET v1.0/users/*/mailFolders/*/childFolders" -> children(call);
            case "POST v1.0/users/*/mailFolders/*/childFolders" -> createFolder(call);
            case "GET v1.0/users/*/mailFolders/*/messages" ->
                messages(call, folderOf(call).id());
            case "POST v1.0/users/*/mailFolders/*/messages" ->
                createMessage(call, folderOf(call).id());
            case "GET v1.0/users/*/messages" -> messages(call, "");
            case "POST v1.0/users/*/messages" -> createMessage(call, "f-drafts");
            case "GET v1.0/users/*/messages/*" -> Reply.of(200, GraphJson.message(messageOf(call), call));
            case "PATCH v1.0/users/*/messages/*" -> changeMessage(call);
            case "DELETE v1.0/users/*/messages/*" -> deleteMessage(call);
            case "GET v1.0/users/*/messages/*/attachments" ->
                page(call, messageOf(call).attachments(), attachment -> true, GraphJson::attachment);
            case "POST v1.0/users/*/messages/*/attachments" -> attach(call);
            case "POST v1.0/users/*/messages/*/attachments/createUploadSession" -> openSession(call);
            case "PUT upload/*" -> upload(call);
            case "GET upload/*" -> Reply.of(200, uploads.state(call.path().get(1)));
            case "DELETE upload/*" -> cancelUpload(call);
            default -> {
                problems.add("unknown route " + call.route());
                throw new Refusal(404, "UnknownRoute", "Nothing answers there.");
            }
        };
    }

    private Reply members(Call call) throws Refusal {
        boolean advanced =
                "eventual".equals(call.header("consistencylevel")) && "true".equals(call.query("$count", ""));
        if (ADVANCED.matcher(call.route()).find() && !advanced) {
            throw Refusal.badRequest(
                    "Request_UnsupportedQuery", "ConsistencyLevel: eventual and $count=true are needed.");
        }
        return page(call, tenant.members(call.path().get(2)), user -> true, GraphJson::user);
    }

    private Reply folder(Call call) throws Refusal {
        SimulatedFolder folder = folderOf(call);
        ObjectNode json = GraphJson.folder(mailboxOf(call), folder);
        GraphJson.expand(mailboxOf(call).folderProperties(folder.id()), call.query("$expand", ""), json);
        return Reply.of(200, json);
    }

    private Reply changeFolder(Call call) throws Refusal {
        SimulatedFolder folder = folderOf(call);
        mailboxOf(call).setFolderProperties(folder.id(), rules.properties(call.json()));
        return Reply.of(200, GraphJson.folder(mailboxOf(call), folder));
    }

    private Reply children(Call call) throws Refusal {
        SimulatedMailbox mailbox = mailboxOf(call);
        String filter = call.query("$filter", "");
        Predicate<SimulatedFolder> wanted = filter.isEmpty() ? f -> true : ODataFilter.folders(mailbox, filter);
        return page(call, mailbox.children(folderOf(call).id()), wanted, f -> GraphJson.folder(mailbox, f));
    }

    private Reply createFolder(Call call) throws Refusal {
        JsonNode json = call.json();
        String name = json.path("displayName").asText("");
        if (name.isEmpty()) {
            throw Refusal.badRequest("ErrorInvalidParameter", "A folder needs a name.");
        }
        SimulatedMailbox mailbox = mailboxOf(call);
        SimulatedFolder folder = mailbox.createFolder(folderOf(call).id(), name, rules.properties(json));
        return Reply.of(201, GraphJson.folder(mailbox, folder));
    }

    private Reply messages(Call call, String folderId) throws Refusal {
        SimulatedMailbox mailbox = mailboxOf(call);
        String filter = call.query("$filter", "");
        Predicate<SimulatedMessage> wanted = filter.isEmpty() ? m -> true : ODataFilter.messages(filter);
        return page(
                call,
                mailbox.messages(),
                wanted.and(m -> folderId.isEmpty() || m.folderId().equals(folderId)),
                m -> GraphJson.message(m, call));
    }

    private Reply createMessage(Call call, String folderId) throws Refusal {
        SimulatedMailbox mailbox = mailboxOf(call);
        SimulatedMessage message = String.valueOf(call.header("content-type")).startsWith("text/plain")
                ? MimeRules.create(mailbox, folderId, call.body(), clock.instant())
                : rules.create(mailbox, folderId, call.json(), clock.instant());
        mailbox.add(message);
        return Reply.of(201, GraphJson.message(message, call));
    }

    /** Custom properties change; what made the message what it is stays, though the answer is 200. */
    private Reply changeMessage(Call call) throws Refusal {
        SimulatedMessage message = messageOf(call);
        JsonNode json = call.json();
        if (!message.draft() && (json.has("body") || json.has("subject") || json.has("internetMessageId"))) {
            throw Refusal.badRequest("ErrorInvalidPropertySet", "Only a draft's text can be changed.");
        }
        Map<String, String> properties = rules.properties(json);
        mailboxOf(call).define(properties.keySet());
        properties.forEach((id, value) -> {
            if (!DEAD_AFTER_CREATION.contains(id)) {
                message.set(id, value);
            }
        });
        return Reply.of(200, GraphJson.message(message, call));
    }

    private Reply deleteMessage(Call call) throws Refusal {
        mailboxOf(call).remove(messageOf(call));
        return Reply.of(204, null);
    }

    private Reply attach(Call call) throws Refusal {
        SimulatedMessage message = messageOf(call);
        SimulatedAttachment attachment = rules.attachment(call.json(), mailboxOf(call));
        message.attach(attachment);
        return Reply.of(201, GraphJson.attachment(attachment));
    }

    private Reply openSession(Call call) throws Refusal {
        String secret =
                uploads.open(mailboxOf(call), messageOf(call), call.json().path("AttachmentItem"));
        ObjectNode json = uploads.state(secret);
        json.put("uploadUrl", root + "/upload/" + secret + "?authtoken=canary-upload-" + secret);
        return Reply.of(201, json);
    }

    private Reply upload(Call call) throws Refusal {
        String secret = call.path().get(1);
        return uploads.put(secret, call.header("content-range"), call.body())
                .map(state -> Reply.of(200, state))
                .orElseGet(() -> new Reply(
                        201,
                        null,
                        Map.of(
                                "Location",
                                root + "/api/v2.0/Users('u')/Messages('m')/Attachments('att-" + secret + "')")));
    }

    private Reply cancelUpload(Call call) throws Refusal {
        uploads.cancel(call.path().get(1));
        return Reply.of(204, null);
    }

    private SimulatedMailbox mailboxOf(Call call) throws Refusal {
        return tenant.mailboxOf(call.path().get(2));
    }

    private SimulatedFolder folderOf(Call call) throws Refusal {
        return mailboxOf(call).folder(call.path().get(4));
    }

    private SimulatedMessage messageOf(Call call) throws Refusal {
        return mailboxOf(call).message(call.path().get(4), call.immutableIds());
    }

    private <T> Reply page(Call call, List<T> all, Predicate<T> wanted, Function<T, ObjectNode> json) {
        int top = Integer.parseInt(call.query("$top", Integer.toString(DEFAULT_PAGE)));
        int skip = Integer.parseInt(call.query("$skip", "0"));
        List<T> found = all.stream().filter(wanted).toList();
        ObjectNode page = GraphJson.object();
        page.set(
                "value",
                GraphJson.list(found.stream().skip(skip).limit(top).map(json).toList()));
        if (found.size() > skip + top) {
            page.put("@odata.nextLink", root + "/" + link(call, skip + top));
        }
        return Reply.of(200, page);
    }

    private static String link(Call call, int skip) {
        StringBuilder link = new StringBuilder();
        call.path()
                .forEach(segment -> link.append(link.length() == 0 ? "" : "/").append(encode(segment)));
        link.append("?$skip=").append(skip);
        call.query().forEach((name, value) -> {
            if (!name.equals("$skip")) {
                link.append('&').append(name).append('=').append(encode(value));
            }
        });
        return link.toString();
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}

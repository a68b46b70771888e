// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A simulated mailbox: folders, messages and which named properties it has defined. What is late and due is applied before
 * anything is shown. Thread-safe.
 */
public final class SimulatedMailbox {

    static final String HEADER = "header ";
    private static final List<String> WELL_KNOWN = List.of(
            "inbox",
            "drafts",
            "sentitems",
            "deleteditems",
            "junkemail",
            "archive",
            "outbox",
            "recoverableitemsdeletions");

    private final String userId;
    private final int maxNamedProperties;
    private final Throttle throttle;
    private final Runnable applyDue;
    private final Map<String, SimulatedFolder> folders = new LinkedHashMap<>();
    private final Map<String, String> folderProperties = new LinkedHashMap<>();
    private final Map<String, SimulatedMessage> messages = new LinkedHashMap<>();
    private final Map<String, SimulatedMessage> byDefaultId = new HashMap<>();
    private final Set<String> namedProperties = new LinkedHashSet<>();
    private @Nullable Refusal refusal;
    private int numbers;

    SimulatedMailbox(String userId, int maxNamedProperties, Throttle throttle, Runnable applyDue) {
        this.userId = userId;
        this.maxNamedProperties = maxNamedProperties;
        this.throttle = throttle;
        this.applyDue = applyDue;
        folders.put("root", new SimulatedFolder("root", null, "Top of Information Store"));
        for (String name : WELL_KNOWN) {
            folders.put("f-" + name, new SimulatedFolder("f-" + name, "root", name));
        }
    }

    /** Every request to this mailbox is refused like this from now on. */
    public synchronized void refuseWith(int status, String code, String message) {
        refusal = new Refusal(status, code, message);
    }

    /** Requests are answered again. */
    public synchronized void refuseNothing() {
        refusal = null;
    }

    /** All messages in the order in which they were created. */
    public List<SimulatedMessage> messages() {
        applyDue.run();
        return allMessages();
    }

    synchronized List<SimulatedMessage> allMessages() {
        return List.copyOf(messages.values());
    }

    /** The messages of a folder such as {@code Inbox/CellTrust}; none if there is no such folder. */
    public List<SimulatedMessage> messages(String path) {
        applyDue.run();
        return messagesAt(path);
    }

    private synchronized List<SimulatedMessage> messagesAt(String path) {
        SimulatedFolder folder = folders.get("root");
        for (String name : path.split("/", -1)) {
            folder = folder == null ? null : child(folder.id(), name).orElse(null);
        }
        String id = folder == null ? "" : folder.id();
        return messages.values().stream().filter(m -> m.folderId().equals(id)).toList();
    }

    /** All folders. */
    public List<SimulatedFolder> folders() {
        applyDue.run();
        return allFolders();
    }

    synchronized List<SimulatedFolder> allFolders() {
        return List.copyOf(folders.values());
    }

    /** What the user does in Outlook: renames a folder. */
    public synchronized void rename(String folderId, String newName) {
        SimulatedFolder folder = existing(folderId);
        folders.put(folderId, new SimulatedFolder(folderId, folder.parentId(), newName));
    }

    /** What the user does in Outlook: moves a folder into another one, the deleted items, say. */
    public synchronized void move(String folderId, String newParentId) {
        SimulatedFolder folder = existing(folderId);
        folders.put(folderId, new SimulatedFolder(folderId, newParentId, folder.displayName()));
    }

    /** What the user does in Outlook: deletes a folder for good, with what is in it. */
    public synchronized void delete(String folderId) {
        children(folderId).forEach(child -> delete(child.id()));
        folders.remove(folderId);
        allMessages().stream().filter(m -> m.folderId().equals(folderId)).forEach(this::remove);
    }

    /**
     * Which named properties the mailbox has ever defined: {@code {guid} Name name} and {@code {guid} Id 0x8001} for extended
     * properties, {@code header x-name} for headers.
     */
    public Set<String> namedProperties() {
        applyDue.run();
        return definitions();
    }

    private synchronized Set<String> definitions() {
        return Set.copyOf(namedProperties);
    }

    /** The names of all internet message headers that were ever defined, in lower case. */
    public Set<String> headerNames() {
        return namedProperties().stream()
                .filter(name -> name.startsWith(HEADER))
                .map(name -> name.substring(HEADER.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The id of the user whose mailbox it is. */
    public String userId() {
        return userId;
    }

    /** How many requests were in flight at once at most, refused ones among them. */
    public int mostInFlight() {
        return throttle.mostInFlight();
    }

    /** How many requests there were to this mailbox, refused ones among them. */
    public long requests() {
        return throttle.asked();
    }

    /** How many requests were refused with 429 because they were too many or too large, faults not counted. */
    public long throttled() {
        return throttle.refused();
    }

    Throttle throttle() {
        return throttle;
    }

    synchronized void checkRefusal() throws Refusal {
        Refusal now = refusal;
        if (now != null) {
            throw new Refusal(now.status(), now.code(), String.valueOf(now.getMessage()));
        }
    }

    /** A folder by id or well-known name. */
    synchronized SimulatedFolder folder(String idOrName) throws Refusal {
        String id = "msgfolderroot".equalsIgnoreCase(idOrName)
                ? "root"
                : WELL_KNOWN.contains(idOrName.toLowerCase(Locale.ROOT))
                        ? "f-" + idOrName.toLowerCase(Locale.ROOT)
                        : idOrName;
        SimulatedFolder folder = folders.get(id);
        if (folder == null) {
            throw new Refusal(404, "ErrorItemNotFound", "The specified folder was not found in the store.");
        }
        return folder;
    }

    synchronized List<SimulatedFolder> children(String parentId) {
        return folders.values().stream()
                .filter(folder -> parentId.equals(folder.parentId()))
                .toList();
    }

    synchronized SimulatedFolder createFolder(String parentId, String name, Map<String, String> properties)
            throws Refusal {
        if (child(parentId, name).isPresent()) {
            throw folderExists();
        }
        define(properties.keySet(), Set.of());
        String id = "fld-" + userId + "-" + ++numbers;
        SimulatedFolder folder = new SimulatedFolder(id, parentId, name);
        folders.put(id, folder);
        setFolderProperties(id, properties);
        return folder;
    }

    synchronized void setFolderProperties(String folderId, Map<String, String> properties) throws Refusal {
        define(properties.keySet(), Set.of());
        properties.forEach((id, value) -> folderProperties.put(folderId + " " + id, value));
    }

    synchronized void renameFolder(String folderId, String newName) throws Refusal {
        SimulatedFolder folder = existing(folderId);
        Optional<SimulatedFolder> other = child(String.valueOf(folder.parentId()), newName);
        if (other.isPresent() && !other.get().id().equals(folderId)) {
            throw folderExists();
        }
        folders.put(folderId, new SimulatedFolder(folderId, folder.parentId(), newName));
    }

    synchronized void moveFolder(String folderId, String newParentId) throws Refusal {
        SimulatedFolder folder = existing(folderId);
        if (child(newParentId, folder.displayName()).isPresent()) {
            throw folderExists();
        }
        folders.put(folderId, new SimulatedFolder(folderId, newParentId, folder.displayName()));
    }

    private static Refusal folderExists() {
        return new Refusal(409, "ErrorFolderExists", "A folder with the specified name already exists.");
    }

    boolean wellKnown(String folderId) {
        return folderId.startsWith("f-") || folderId.equals("root");
    }

    synchronized @Nullable String folderProperty(String folderId, String property) {
        String canonical = PropertyIds.canonical(property);
        return folderProperties(folderId).entrySet().stream()
                .filter(known -> PropertyIds.canonical(known.getKey()).equals(canonical))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    synchronized Map<String, String> folderProperties(String folderId) {
        Map<String, String> properties = new LinkedHashMap<>();
        folderProperties.forEach((key, value) -> {
            if (key.startsWith(folderId + " ")) {
                properties.put(key.substring(folderId.length() + 1), value);
            }
        });
        return properties;
    }

    /** Defines the named ones of these properties, and these headers; all or none. */
    synchronized void define(Iterable<String> properties, Iterable<String> headers) throws Refusal {
        Set<String> added = new LinkedHashSet<>();
        for (String property : properties) {
            if (PropertyIds.named(property)) {
                added.add(PropertyIds.definition(property));
            }
        }
        headers.forEach(header -> added.add(HEADER + header.toLowerCase(Locale.ROOT)));
        added.removeAll(namedProperties);
        if (namedProperties.size() + added.size() > maxNamedProperties) {
            throw new Refusal(403, "ErrorQuotaExceeded", "Cannot get ID from name.");
        }
        namedProperties.addAll(added);
    }

    synchronized String nextNumber() {
        return userId + "-" + ++numbers;
    }

    synchronized void add(SimulatedMessage message) {
        messages.put(message.immutableId(), message);
        byDefaultId.put(message.defaultId(), message);
    }

    /** A message by its id in the id space that the request asked for; an id of the other space isn't found. */
    synchronized SimulatedMessage message(String id, boolean immutable) throws Refusal {
        SimulatedMessage message = immutable ? messages.get(id) : byDefaultId.get(id);
        if (message == null) {
            throw Refusal.notFound();
        }
        return message;
    }

    synchronized void remove(SimulatedMessage message) {
        messages.remove(message.immutableId());
        byDefaultId.remove(message.defaultId());
    }

    synchronized void moveMessage(SimulatedMessage message, String newFolderId, Instant now) {
        byDefaultId.remove(message.defaultId());
        message.moveTo(newFolderId, now);
        byDefaultId.put(message.defaultId(), message);
    }

    private SimulatedFolder existing(String folderId) {
        SimulatedFolder folder = folders.get(folderId);
        if (folder == null) {
            throw new IllegalArgumentException("no such folder");
        }
        return folder;
    }

    synchronized String pathOf(SimulatedFolder folder) {
        SimulatedFolder parent = folders.get(String.valueOf(folder.parentId()));
        return parent == null || parent.parentId() == null
                ? folder.displayName()
                : pathOf(parent) + "/" + folder.displayName();
    }

    private Optional<SimulatedFolder> child(String parentId, String name) {
        return folders.values().stream()
                .filter(folder -> parentId.equals(folder.parentId()))
                .filter(folder -> folder.displayName().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return "SimulatedMailbox[" + userId + "]";
    }
}

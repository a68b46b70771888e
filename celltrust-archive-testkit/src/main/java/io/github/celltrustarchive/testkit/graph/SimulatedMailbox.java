// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A simulated mailbox: folders, messages and how many named properties it has defined. Thread-safe. */
public final class SimulatedMailbox {

    private static final List<String> WELL_KNOWN =
            List.of("inbox", "drafts", "sentitems", "deleteditems", "junkemail", "archive");

    private final String userId;
    private final int maxNamedProperties;
    private final Map<String, SimulatedFolder> folders = new LinkedHashMap<>();
    private final Map<String, String> folderProperties = new LinkedHashMap<>();
    private final Map<String, SimulatedMessage> messages = new LinkedHashMap<>();
    private final Set<String> namedProperties = new LinkedHashSet<>();
    private @Nullable Refusal refusal;
    private int numbers;
    private int inFlight;
    private int mostInFlight;

    SimulatedMailbox(String userId, int maxNamedProperties) {
        this.userId = userId;
        this.maxNamedProperties = maxNamedProperties;
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
    public synchronized List<SimulatedMessage> messages() {
        return List.copyOf(messages.values());
    }

    /** The messages of a folder such as {@code Inbox/CellTrust}; none if there is no such folder. */
    public synchronized List<SimulatedMessage> messages(String path) {
        SimulatedFolder folder = folders.get("root");
        for (String name : path.split("/", -1)) {
            folder = folder == null ? null : child(folder.id(), name).orElse(null);
        }
        String id = folder == null ? "" : folder.id();
        return messages.values().stream().filter(m -> m.folderId().equals(id)).toList();
    }

    /** All folders. */
    public synchronized List<SimulatedFolder> folders() {
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
        folders.remove(folderId);
        messages.values().removeIf(message -> message.folderId().equals(folderId));
    }

    /** Which named properties the mailbox has defined: extended properties with a name, and header names. */
    public synchronized Set<String> namedProperties() {
        return Set.copyOf(namedProperties);
    }

    /** How many requests were in flight at once at most. */
    public synchronized int mostInFlight() {
        return mostInFlight;
    }

    synchronized void checkRefusal() throws Refusal {
        Refusal now = refusal;
        if (now != null) {
            throw new Refusal(now.status(), now.code(), String.valueOf(now.getMessage()));
        }
    }

    synchronized int enter() {
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
        return inFlight;
    }

    synchronized void leave() {
        inFlight--;
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
            throw Refusal.notFound();
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
            throw new Refusal(409, "ErrorFolderExists", "A folder with the specified name already exists.");
        }
        define(properties.keySet());
        String id = "fld-" + userId + "-" + ++numbers;
        SimulatedFolder folder = new SimulatedFolder(id, parentId, name);
        folders.put(id, folder);
        setFolderProperties(id, properties);
        return folder;
    }

    synchronized void setFolderProperties(String folderId, Map<String, String> properties) throws Refusal {
        define(properties.keySet());
        properties.forEach((id, value) -> folderProperties.put(folderId + " " + id, value));
    }

    synchronized @Nullable String folderProperty(String folderId, String property) {
        return folderProperties.get(folderId + " " + property);
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

    synchronized void define(Iterable<String> names) throws Refusal {
        List<String> added = new ArrayList<>();
        for (String name : names) {
            boolean named = name.contains(" Name ") || name.startsWith("header ");
            if (named && !namedProperties.contains(name)) {
                added.add(name);
            }
        }
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
    }

    /** A message by its id in the id space that the request asked for; an id of the other space isn't found. */
    synchronized SimulatedMessage message(String id, boolean immutable) throws Refusal {
        for (SimulatedMessage message : messages.values()) {
            if (id.equals(immutable ? message.immutableId() : message.defaultId())) {
                return message;
            }
        }
        throw Refusal.notFound();
    }

    synchronized void remove(SimulatedMessage message) {
        messages.remove(message.immutableId());
    }

    private SimulatedFolder existing(String folderId) {
        SimulatedFolder folder = folders.get(folderId);
        if (folder == null) {
            throw new IllegalArgumentException("no such folder");
        }
        return folder;
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

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import java.util.Arrays;
import java.util.Optional;

/**
 * A setting of the archive in Microsoft 365: an environment variable, or a line of a properties file. The names are those of
 * Azure's own libraries and command line where these have one.
 */
enum Setting {
    TENANT("AZURE_TENANT_ID", "The directory's id or one of its domains."),
    CLIENT("AZURE_CLIENT_ID", "The application's id; of a managed identity only one that was assigned."),
    CLIENT_SECRET("AZURE_CLIENT_SECRET", Kind.SECRET, "The application's secret. Or:"),
    CERTIFICATE("AZURE_CLIENT_CERTIFICATE_PATH", "A certificate with its key, PEM or PKCS#12. Or:"),
    CERTIFICATE_PASSWORD("AZURE_CLIENT_CERTIFICATE_PASSWORD", Kind.SECRET, "Of the PKCS#12 file."),
    TOKEN_FILE("AZURE_FEDERATED_TOKEN_FILE", "The token file of workload identity federation. Or:"),
    MANAGED_IDENTITY("CELLTRUST_ARCHIVE_MANAGED_IDENTITY", "true: the identity that Azure gives this machine."),
    CLOUD("CELLTRUST_ARCHIVE_CLOUD", "global (default), gcc, gcc-high, dod or china."),
    STORAGE_ACCOUNT("AZURE_STORAGE_ACCOUNT", "The storage account of the stage. Or:"),
    BLOB_ENDPOINT("CELLTRUST_ARCHIVE_BLOB_ENDPOINT", "Its address, such as https://stage.bank.example. Or:"),
    STAGE_FOLDER("CELLTRUST_ARCHIVE_STAGE_FOLDER", "A folder instead of Blob Storage."),
    CONTAINER("CELLTRUST_ARCHIVE_CONTAINER", "The container. Default: celltrust-archive."),
    PREFIX("CELLTRUST_ARCHIVE_PREFIX", "What blobs' names start with, such as sms/. Default: nothing."),
    SAS("AZURE_STORAGE_SAS_TOKEN", Kind.SECRET, "A shared access signature of the container. Or:"),
    STORAGE_KEY("AZURE_STORAGE_KEY", Kind.SECRET, "The account's key. Without either: the application's token."),
    LOCKED_RETENTION("CELLTRUST_ARCHIVE_LOCKED_RETENTION", "How long nobody can delete a pack, such as 2562d."),
    SOURCE("CELLTRUST_ARCHIVE_SOURCE", "As --source."),
    MAP("CELLTRUST_ARCHIVE_MAP", "As --map."),
    DOMAINS("CELLTRUST_ARCHIVE_DOMAINS", "As --domains."),
    OUT("CELLTRUST_ARCHIVE_OUT", "As --out."),
    NAME("CELLTRUST_ARCHIVE_NAME", "As --name."),
    PARALLEL("CELLTRUST_ARCHIVE_PARALLEL", "As --parallel."),
    GROUP("CELLTRUST_ARCHIVE_GROUP", "Object id of the group whose members are archived. Default: everybody."),
    PHONES("CELLTRUST_ARCHIVE_PHONES", "true: numbers are looked for in the directory too."),
    CHECKED_MAILBOX("CELLTRUST_ARCHIVE_CHECKED_MAILBOX", "Address of a mailbox that the check before a run reads."),
    MAX_MESSAGE_BYTES(
            "CELLTRUST_ARCHIVE_MAX_MESSAGE_BYTES",
            "The largest email the mailboxes take. Default: 36700160. Attachments that don't fit stay in the stage."),
    MARK_READ("CELLTRUST_ARCHIVE_MARK_READ", "Whether messages arrive as read. Default: true."),
    ATTACH_ORIGINAL("CELLTRUST_ARCHIVE_ATTACH_ORIGINAL", "true: every message has its email attached."),
    NOTE_CLASS("CELLTRUST_ARCHIVE_NOTE_CLASS", "true: message class below IPM.Note instead of IPM.ExternalData.");

    /** What is put behind the name of a secret for the file that holds it. */
    static final String FILE = "_FILE";

    private final String key;
    private final Kind kind;
    private final String help;

    private enum Kind {
        PLAIN,
        SECRET
    }

    Setting(String key, String help) {
        this(key, Kind.PLAIN, help);
    }

    Setting(String key, Kind kind, String help) {
        this.key = key;
        this.kind = kind;
        this.help = help;
    }

    /** The name of the variable, and of the line in the file. */
    String key() {
        return key;
    }

    /** The name of the variable or line that names a file with the secret. */
    String fileKey() {
        return key + FILE;
    }

    boolean secret() {
        return kind == Kind.SECRET;
    }

    /** The setting of this name, a secret's also by that of its file. */
    static Optional<Setting> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.key.equals(name)
                        || (each.secret() && each.fileKey().equals(name)))
                .findFirst();
    }

    /** Lines for {@code --help}. */
    static String[] help() {
        return Arrays.stream(values())
                .flatMap(each -> Arrays.stream(new String[] {
                    "  " + each.key + (each.secret() ? ", or " + each.fileKey() : ""), "      " + each.help
                }))
                .toArray(String[]::new);
    }
}

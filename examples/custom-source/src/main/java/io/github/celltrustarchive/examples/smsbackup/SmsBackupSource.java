// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of one phone, from what the Android app <em>SMS Backup &amp; Restore</em> writes: one file, or a folder of them.
 * Backups of one phone overlap, and each message is archived once. A file that isn't a whole backup is left out until it is
 * one, and every run names it; the other files are read all the same.
 *
 * <p>Memory: what stands in one page, at most {@value #MAX_PAGE_BYTES} bytes or one message, and about 200 bytes for each
 * message of the files that haven't been read yet.
 */
public final class SmsBackupSource implements SourceAdapter {

    private static final long MAX_PAGE_BYTES = 16 << 20;

    private final BackupFolder folder;
    private final MessageParser parser;

    /**
     * Reads the backups of one phone.
     *
     * @param backups a file, or a folder
     * @param owner the phone's own number, which the format doesn't hold. Part of each message's identity: never change it
     * @param joinSurrogatePairs whether to read <code>&amp;#55357;&amp;#56832;</code> as the emoji that the app means by it. Without, each
     *     message that has one is held, because XML forbids it
     */
    public SmsBackupSource(Path backups, String owner, boolean joinSurrogatePairs) {
        this.folder = new BackupFolder(backups, owner);
        this.parser = new MessageParser(owner, joinSurrogatePairs);
    }

    /** The same, with surrogate pairs joined. */
    public SmsBackupSource(Path backups, String owner) {
        this(backups, owner, true);
    }

    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        Progress progress = Progress.at(after);
        List<BackupFile> files = folder.files(progress);
        List<String> present = files.stream().map(BackupFile::fingerprint).toList();
        List<String> refused = new ArrayList<>();
        for (BackupFile file : files) {
            int from = progress.of(file.fingerprint());
            try {
                if (!progress.isWhole(file.fingerprint()) && from < file.size()) {
                    List<RawRecord> records = file.records(from, maxRecords, MAX_PAGE_BYTES);
                    int to = from + records.size();
                    boolean whole = to == file.size();
                    return SourcePage.of(records, progress.after(file.fingerprint(), to, whole, present), true);
                }
            } catch (BackupRefusedException e) {
                refused.add(String.valueOf(e.getMessage())); // what the other files hold comes first
            }
        }
        if (!refused.isEmpty()) {
            throw BackupRefusedException.of(refused);
        }
        return SourcePage.of(List.of(), after, false);
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return parser.parse(record);
    }
}

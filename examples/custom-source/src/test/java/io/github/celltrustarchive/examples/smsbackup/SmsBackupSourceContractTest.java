// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.contract.SourceAdapterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SmsBackupSourceContractTest extends SourceAdapterContract {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeBackups() throws IOException {
        Backup.write(
                folder,
                "sms-1.xml",
                Backup.of(
                        Backup.sms(1_762_077_807_001L, 1, "Secret one &#55357;&#56832;"),
                        Backup.sms(1_762_077_807_002L, 2, "Secret two"),
                        Backup.sms(1_762_077_807_003L, 99, MARKER),
                        Backup.sms(1_762_077_807_002L, 2, "Secret two"),
                        "<sms body=\"" + MARKER + "&#55357;\"/>",
                        Backup.mms(
                                1,
                                Backup.BOB,
                                Backup.picture() + Backup.text("Secret three"),
                                Backup.addr(Backup.BOB, 137))));
        Backup.write(folder, "sms-2.xml", Backup.of(Backup.sms(1_762_077_807_004L, 1, "Secret four")));
    }

    @Override
    protected SourceAdapter open() {
        return new SmsBackupSource(folder, Backup.OWNER);
    }

    /** The format has no ids: each good record's is its locator. */
    @Override
    protected List<String> sourceIds() throws Exception {
        List<String> locators = new ArrayList<>();
        SourceAdapter source = open();
        try (SourcePage first = source.read(Checkpoint.START, 100);
                SourcePage second = source.read(first.next(), 100)) {
            first.records().stream().map(RawRecord::locator).forEach(locators::add);
            second.records().stream().map(RawRecord::locator).forEach(locators::add);
        }
        locators.remove(4);
        locators.remove(2);
        return locators;
    }

    @Override
    protected int badRecords() {
        return 2;
    }

    @Override
    protected void addRecord() throws IOException {
        Backup.write(
                folder, "a-name-that-sorts-first.xml", Backup.of(Backup.sms(1_762_077_807_009L, 1, "Secret five")));
    }

    @Override
    protected void makeUnreadable() throws IOException {
        Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
    }
}

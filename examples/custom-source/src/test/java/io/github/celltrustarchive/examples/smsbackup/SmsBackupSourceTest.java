// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsBackupSourceTest {

    private static final String ONE = Backup.sms(1, 1, "one");
    private static final String TWO = Backup.sms(2, 1, "two");
    private static final String THREE = Backup.sms(3, 2, "three");

    @TempDir
    private Path folder;

    @Test
    void aRecordIsTheBytesOfItsElement() throws Exception {
        String mms = Backup.mms(
                1, Backup.BOB, "\n" + Backup.text("a > b") + "<!-- </mms> --> ", Backup.addr(Backup.BOB, 137));
        Backup.write(folder, "sms.xml", Backup.of(ONE, "<!-- " + TWO + " -->\n" + mms));

        assertThat(records(source())).extracting(SmsBackupSourceTest::text).containsExactly(ONE, mms);
    }

    @ParameterizedTest
    @CsvSource({"3,2", "1,2"})
    void aCountThatDoesNotMatchIsRefusedWithTheFileAndBothNumbers(int declared, int found) throws Exception {
        Backup.write(folder, "sms-7.xml", Backup.declaring(declared, ONE, TWO));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> records(source()))
                .withMessageContaining("sms-7.xml declares " + declared + " messages and holds " + found);
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItWasCut() throws Exception {
        String whole = Backup.of(ONE, Backup.mms(1, Backup.BOB, Backup.text("x"), Backup.addr(Backup.BOB, 137)));
        for (int length = 0; length < whole.strip().length(); length++) {
            Backup.write(folder, "sms.xml", whole.substring(0, length));
            assertThatExceptionOfType(BackupRefusedException.class)
                    .as("cut after %d characters", length)
                    .isThrownBy(() -> records(source()))
                    .withMessageStartingWith("sms.xml ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE smses [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><smses count='1'><sms body='&x;'/></smses>",
                "<!DOCTYPE smses SYSTEM 'http://127.0.0.1:9/x.dtd'><smses count='0'/>",
                "<!DOCTYPE z [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><smses count='1'><sms body='&b;'/></smses>",
                "<smses count='1'><mms><![CDATA[<sms/>]]></mms></smses>",
                "<smses count='1'><sms/>text</smses>",
                "<smses count='1'><call/></smses>",
                "<smses count='0'></smses><smses count='0'/>",
                "<smses/>",
                "<calls count='0'/>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><smses count='0'/>",
                "<smses count='1'><mms><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></mms></smses>",
                "no XML at all"
            })
    void whatIsNoBackupIsRefused(String file) throws IOException {
        Backup.write(folder, "sms.xml", file);

        assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> records(source()));
    }

    @Test
    void anEmptyBackupIsWhole() throws Exception {
        Backup.write(folder, "sms-1.xml", "\ufeff<smses count='0'/>");
        Backup.write(folder, "sms-2.xml", Backup.of());

        assertThat(records(source())).isEmpty();
    }

    @Test
    void aMessageTooLargeForMemoryIsRefused() {
        String file = Backup.of(Backup.sms(1, 1, "x".repeat(5_000)));
        BackupScanner scanner = new BackupScanner(
                new java.io.ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "sms.xml", 4_096);

        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> scanner.scan((offset, record) -> {}))
                .withMessageContaining("more than 4096 bytes in one message, after message 0");
    }

    @Test
    void otherFilesAreReadBeforeARefusedOneEndsIt() throws Exception {
        Backup.write(folder, "sms-1.xml", Backup.declaring(9, ONE));
        Backup.write(folder, "sms-2.xml", Backup.of(TWO));
        setAge("sms-1.xml", 1);
        setAge("sms-2.xml", 2);

        SmsBackupSource source = source();
        SourcePage page = source.read(Checkpoint.START, 10);

        assertThat(page.records()).extracting(SmsBackupSourceTest::text).containsExactly(TWO);
        assertThat(page.more()).isTrue();
        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> source.read(page.next(), 10))
                .withMessageContaining("sms-1.xml");
    }

    @Test
    void everyRefusedFileIsNamedAtOnce() throws Exception {
        for (int i = 1; i <= 22; i++) {
            Backup.write(folder, "sms-" + i + ".xml", Backup.declaring(9, ONE));
            setAge("sms-" + i + ".xml", i);
        }

        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> source().read(Checkpoint.START, 10))
                .withMessageContainingAll("sms-1.xml", "sms-2.xml", "sms-20.xml", "; and 2 more files");
    }

    @Test
    void aFileThatWasStillBeingCopiedIsReadOnceItIsWhole() throws Exception {
        String whole = Backup.of(ONE, TWO);
        Backup.write(folder, "sms.xml", whole.substring(0, 90));
        SmsBackupSource source = source();
        assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> records(source));

        Backup.write(folder, "sms.xml", whole);

        assertThat(records(source)).hasSize(2);
    }

    @Test
    void callLogsBesideTheBackupsAreLeftOut() throws Exception {
        Backup.write(folder, "calls-1.xml", "<calls count='0'/>");
        Backup.write(folder, "sms-1.xml", Backup.of(ONE));

        assertThat(records(source())).hasSize(1);
    }

    @Test
    void aBackupWrittenAnewUnderTheSameNameIsReadFromItsBeginning() throws Exception {
        Backup.write(folder, "sms.xml", Backup.of(ONE, TWO));
        SmsBackupSource source = source();
        Checkpoint reached = source.read(Checkpoint.START, 10).next();

        Backup.write(folder, "sms.xml", Backup.of(TWO, THREE, ONE));

        assertThat(records(source, reached))
                .extracting(SmsBackupSourceTest::text)
                .containsExactly(TWO, THREE, ONE);
    }

    @Test
    void aFileReadInPartIsReadToItsEndBeforeAnOlderOneThatTurnedUp() throws Exception {
        Backup.write(folder, "sms-2.xml", Backup.of(ONE, TWO));
        setAge("sms-2.xml", 2);
        SmsBackupSource source = source();
        Checkpoint reached = source.read(Checkpoint.START, 1).next();

        Backup.write(folder, "sms-1.xml", Backup.of(THREE));
        setAge("sms-1.xml", 1);

        assertThat(records(source, reached))
                .extracting(SmsBackupSourceTest::text)
                .containsExactly(TWO, THREE);
    }

    @Test
    void equalTextsInOneMillisecondAreTwoMessagesAndTheSameTwoInTheNextBackup() throws Exception {
        Backup.write(folder, "sms-1.xml", Backup.of(ONE, ONE, TWO));
        // Read meanwhile, the contact renamed, other attributes, another order
        String again = ONE.replace("read=\"1\"", "read=\"0\" seen=\"1\"").replace("Bob Ray", "Robert Ray");
        Backup.write(folder, "sms-2.xml", Backup.of(THREE, TWO, again, again));
        setAge("sms-1.xml", 1);
        setAge("sms-2.xml", 2);

        List<ItemKey> keys = keys();

        assertThat(keys).hasSize(7);
        assertThat(keys.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(keys.subList(4, 7)).containsExactlyInAnyOrderElementsOf(keys.subList(0, 3));
        assertThat(keys.get(3)).isNotIn(keys.subList(0, 3));
    }

    @Test
    void theSameTextOnAnotherPhoneIsAnotherMessage() throws Exception {
        Backup.write(folder, "sms.xml", Backup.of(ONE));

        assertThat(records(source()).get(0).locator())
                .isNotEqualTo(records(new SmsBackupSource(folder, "+12025550177"))
                        .get(0)
                        .locator());
    }

    @Test
    void anIdDoesNotDependOnWhetherPairsAreJoined() throws Exception {
        Backup.write(folder, "sms.xml", Backup.of(Backup.sms(1, 1, "&#55357;&#56832;")));
        SmsBackupSource strict = new SmsBackupSource(folder, Backup.OWNER, false);
        RawRecord held = records(strict).get(0);

        assertThatExceptionOfType(RecordException.class).isThrownBy(() -> strict.parse(held));

        assertThat(held.locator()).isEqualTo(records(source()).get(0).locator());
        assertThat(source().parse(held).text()).isEqualTo("\ud83d\ude00"); // released with the option turned on
    }

    @Test
    void aPageHoldsNoMoreThanMemoryShould() throws Exception {
        String large = Backup.sms(1, 1, "x".repeat(9 << 20));
        Backup.write(folder, "sms.xml", Backup.of(large, large, ONE));

        assertThat(source().read(Checkpoint.START, 10).records()).hasSize(1);
        assertThat(records(source())).hasSize(3);
    }

    private SmsBackupSource source() {
        return new SmsBackupSource(folder, Backup.OWNER);
    }

    private void setAge(String name, int second) throws IOException {
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(Instant.ofEpochSecond(second)));
    }

    private List<ItemKey> keys() throws Exception {
        List<ItemKey> keys = new ArrayList<>();
        for (RawRecord record : records(source())) {
            keys.add(ItemKey.of("test", source().parse(record)));
        }
        return keys;
    }

    private static List<RawRecord> records(SmsBackupSource source) throws Exception {
        return records(source, Checkpoint.START);
    }

    private static List<RawRecord> records(SmsBackupSource source, Checkpoint after) throws Exception {
        List<RawRecord> records = new ArrayList<>();
        SourcePage page = source.read(after, 2);
        while (!page.records().isEmpty()) {
            records.addAll(page.records());
            page = source.read(page.next(), 2);
        }
        return records;
    }

    private static String text(RawRecord record) {
        try (var in = record.bytes().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvUserMapperTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"12125550101", "+12125550101", "+1 (212) 555-0101", "1 212 555 0101", "+1-212-555-0101"})
    void aNumberIsFoundInEverySpellingWithItsCountryCode(String spelling) throws IOException {
        CsvUserMapper mapper = load("source,mailbox\n+1 212 555 0101,Ann@example.com\n");

        assertThat(mapper.map(Participant.ofPhone(ParticipantRole.TO, spelling), NOW))
                .isEqualTo(Mapping.to(new Mailbox("ann@example.com", "Ann@example.com"), "csv:line 2"));
    }

    @ParameterizedTest
    @CsvSource({"US,2125550101", "US,(212) 555-0101", "GB,020 7946 0018", "GB,442079460018", "US,442079460018"})
    void aNationalNumberIsFoundWithADefaultRegion(String region, String spelling) throws IOException {
        CsvUserMapper mapper = CsvUserMapper.builder(
                        file("source,mailbox\n+12125550101,a@example.com\n+442079460018,a@example.com\n"))
                .defaultRegion(region)
                .load();

        assertThat(mapper.map(Participant.ofPhone(ParticipantRole.TO, spelling), NOW))
                .isInstanceOf(Mapping.Mapped.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+12125550101 ext. 5", "+12125550102", "2125550101", "unknown", "12345", "", "+", "=HYPERLINK(1)"
            })
    void anotherNumberOrNoNumberIsUnmapped(String phone) throws IOException {
        CsvUserMapper mapper = load("source,mailbox\n12125550101,a@example.com\n");

        assertThat(mapper.map(Participant.ofPhone(ParticipantRole.TO, phone), NOW))
                .isEqualTo(Mapping.unmapped("not in the user mapping file"));
    }

    @Test
    void shortCodesAndNamesMatchAsSpelled() throws IOException {
        CsvUserMapper mapper = load("source,mailbox\n20501,a@example.com\nDesk 7,b@example.com\n");

        assertThat(rule(mapper, Participant.ofPhone(ParticipantRole.TO, "20501")))
                .isEqualTo("csv:line 2");
        assertThat(rule(mapper, new Participant(ParticipantRole.TO, "Desk 7", null, null, false)))
                .isEqualTo("csv:line 3");
    }

    @Test
    void aNameThatSomebodyGaveHimselfMapsNobodyWhoHasANumber() throws IOException {
        CsvUserMapper mapper = load("source,mailbox\nDesk 7,b@example.com\n");

        assertThat(mapper.map(new Participant(ParticipantRole.FROM, "Desk 7", "12125550199", null, false), NOW))
                .isInstanceOf(Mapping.Unmapped.class);
    }

    @Test
    void addressesAreComparedInLowerCase() throws IOException {
        CsvUserMapper mapper = load("source,mailbox\nAnn.Lee@Partner.Example,ann@example.com\n");

        assertThat(rule(mapper, Participant.ofEmail(ParticipantRole.TO, "ann.lee@PARTNER.example")))
                .isEqualTo("csv:line 2");
    }

    @Test
    void theNumberIsAskedBeforeTheAddress() throws IOException {
        CsvUserMapper mapper = load("source,mailbox\nx@example.com,x@example.com\n12125550101,a@example.com\n");
        Participant both = new Participant(ParticipantRole.TO, null, "12125550101", "x@example.com", false);

        assertThat(rule(mapper, both)).isEqualTo("csv:line 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFsource,mailbox\r\n12125550101,a@example.com\r\n",
                "source;mailbox\n12125550101;a@example.com\n",
                "Source , MAILBOX\n\n\"12125550101\",\"a@example.com\"",
                "mailbox,source\na@example.com,12125550101\n",
                "\uFEFF\"mailbox\";\"source\"\na@example.com;12125550101\n"
            })
    void whatSpreadsheetsWriteIsUnderstood(String csv) throws IOException {
        assertThat(load(csv).map(Participant.ofPhone(ParticipantRole.TO, "12125550101"), NOW))
                .isInstanceOf(Mapping.Mapped.class);
    }

    @Test
    void headerNamesAreConfigurable() throws IOException {
        Path file = file("MobileNumber,M365\n12125550101,a@example.com\n");

        assertThat(rule(
                        CsvUserMapper.builder(file)
                                .columns("MobileNumber", "M365")
                                .load(),
                        Participant.ofPhone(ParticipantRole.TO, "12125550101")))
                .isEqualTo("csv:line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12125550101,canary@example.com\n",
                "source\ncanary\n",
                "source,mailbox,canary\n",
                "source,source,mailbox\n",
                "source|mailbox\n"
            })
    void anotherHeaderIsRefusedWithoutTellingIt(String csv) {
        assertThatThrownBy(() -> load(csv))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("user mapping file: the first line must be the header ")
                .message()
                .doesNotContain("canary");
    }

    @Test
    void allProblemsAreNamedByLineAndNoneByContent() {
        String csv = """
                source,mailbox
                ,a@example.com
                canary,canary
                canary
                x,a@example.com,canary
                12125550101,a@example.com
                +12125550101,canary@example.com
                """;

        assertThatThrownBy(() -> load(csv))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("line 2 has", "line 3 has", "line 4 has", "line 5 has")
                .hasMessageContaining("line 7 gives the source of line 6 another mailbox")
                .message()
                .doesNotContain("canary");
    }

    @Test
    void theSameRowTwiceIsNoConflict() throws IOException {
        CsvUserMapper mapper = load("source,mailbox\n12125550101,a@example.com\n+12125550101,A@example.com\n");

        assertThat(mapper.map(Participant.ofPhone(ParticipantRole.TO, "+1 212 555 0101"), NOW))
                .isInstanceOf(Mapping.Mapped.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T04:59:59Z, unmapped",
        "2026-01-01T05:00:00Z, csv:line 2",
        "2026-04-01T03:59:59Z, csv:line 2",
        "2026-04-01T04:00:00Z, csv:line 3",
        "2026-05-01T11:59:59Z, csv:line 3",
        "2026-05-01T12:00:00Z, unmapped"
    })
    void aNumberThatChangedOwnersGoesToTheOwnerOfThatTime(Instant at, String expected) throws IOException {
        CsvUserMapper mapper = CsvUserMapper.builder(file("""
                        source,mailbox,valid-from,valid-to
                        12125550101,a@example.com,2026-01-01,2026-03-31
                        +12125550101,b@example.com,2026-04-01,2026-05-01T12:00:00Z
                        """))
                .zone(ZoneId.of("America/New_York"))
                .load();

        Mapping mapping = mapper.map(Participant.ofPhone(ParticipantRole.TO, "12125550101"), at);

        assertThat(mapping instanceof Mapping.Mapped mapped ? mapped.rule() : "unmapped")
                .isEqualTo(expected);
    }

    @Test
    void overlappingPeriodsWithDifferentMailboxesAreAConflict() {
        assertThatThrownBy(() -> load("""
                        source,mailbox,valid-from,valid-to
                        12125550101,a@example.com,,2026-03-31
                        12125550101,b@example.com,2026-03-31,
                        """))
                .hasMessageContaining("line 3 gives the source of line 2 another mailbox for the same time");
    }

    @Test
    void latin1IsRefused() {
        assertThatThrownBy(() -> {
                    Path file = folder.resolve("users.csv");
                    Files.write(
                            file, "source,mailbox\nJos\u00E9,a@example.com\n".getBytes(StandardCharsets.ISO_8859_1));
                    CsvUserMapper.load(file);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void whatIsNotInTheTableIsAskedOfTheNextMapper() throws Exception {
        EmailUserMapper email = new EmailUserMapper(List.of("example.com"));
        CsvUserMapper csv = load("source,mailbox\n12125550101,a@example.com\n");

        assertThat(csv.orElse(email).map(Participant.ofPhone(ParticipantRole.TO, "12125550199"), NOW))
                .isEqualTo(Mapping.unmapped("no mapping for this number and no email address"));
        assertThat(csv.orElse(email).map(Participant.ofEmail(ParticipantRole.TO, "x@example.com"), NOW))
                .isEqualTo(Mapping.to(new Mailbox("x@example.com", "x@example.com"), "email"));
    }

    private CsvUserMapper load(String csv) throws IOException {
        return CsvUserMapper.load(file(csv));
    }

    private Path file(String csv) throws IOException {
        return Files.writeString(folder.resolve("users.csv"), csv);
    }

    private static String rule(CsvUserMapper mapper, Participant participant) {
        return ((Mapping.Mapped) mapper.map(participant, NOW)).rule();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BANKNEWS",
                "20501",
                "+",
                "+1234567890123456789012345678901234567890",
                "\u0661\u0666\u0664\u0667\u0661\u0661\u0661\u0661\u0660\u0660\u0660",
                "tel:+1-212-555-0101;ext=7",
                "+12125550101;ext=7",
                "unknown",
                "       ",
                "-12125550101",
                "\uFF0B12125550101"
            })
    void whatIsNoPlainNumberMapsByItsExactTextOnly(String sender) throws IOException {
        CsvUserMapper without = load("source,mailbox\n12125550101,a@example.com\n+16471111000,a@example.com\n");
        assertThat(without.map(Participant.ofPhone(ParticipantRole.FROM, sender), NOW))
                .isInstanceOf(Mapping.Unmapped.class);

        if (!sender.isBlank()) {
            CsvUserMapper with = load("source,mailbox\n\"" + sender + "\",b@example.com\n");
            assertThat(rule(with, Participant.ofPhone(ParticipantRole.FROM, sender)))
                    .isEqualTo("csv:line 2");
            assertThat(with.map(Participant.ofPhone(ParticipantRole.FROM, sender + "0"), NOW))
                    .isInstanceOf(Mapping.Unmapped.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*, wildcard",
        "1212*, wildcard",
        "*@example.com, wildcard",
        "%, wildcard",
        "=1+2, formula",
        "=HYPERLINK(1), formula",
        "1.21256E+10, shortened",
        "'1,2E+10', shortened"
    })
    void whatCouldNeverMatchIsRefused(String source, String problem) {
        assertThatThrownBy(() -> load("source,mailbox\n\"" + source + "\",a@example.com\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2 has")
                .hasMessageContaining(problem);
    }

    @Test
    void everyConflictIsNamedAtOnceAlsoThoseWithRowsThatAreInConflictThemselves() {
        assertThatThrownBy(() -> load("""
                        source,mailbox,valid-from,valid-to
                        12125550101,a@example.com,,2026-03-31
                        12125550101,b@example.com,2026-03-01,2026-05-31
                        12125550101,c@example.com,2026-05-01,
                        12125550102,a@example.com,,
                        12125550102,b@example.com,,
                        """))
                .hasMessageContaining("line 3 gives the source of line 2")
                .hasMessageContaining("line 4 gives the source of line 3")
                .hasMessageContaining("line 6 gives the source of line 5");
    }

    @Test
    void aliasesOfOneMailboxAreOneMailbox() throws IOException {
        CsvUserMapper mapper = load("source,mailbox\n12125550101,Ann@example.com\nann@sms.example,ann@EXAMPLE.com\n");

        Mapping byPhone = mapper.map(Participant.ofPhone(ParticipantRole.TO, "12125550101"), NOW);
        Mapping byAddress = mapper.map(Participant.ofEmail(ParticipantRole.TO, "ANN@sms.example"), NOW);

        assertThat(((Mapping.Mapped) byPhone).mailbox().id())
                .isEqualTo(((Mapping.Mapped) byAddress).mailbox().id());
    }

    @Test
    void columnsOfOneNameAreRefused() throws IOException {
        Path file = file("x,y\n");

        assertThatThrownBy(() -> CsvUserMapper.builder(file).columns("x", "X").load())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different names");
    }

    @Test
    void theSameRowAThousandTimesAndMoreIsRefusedAndNotComparedForHours() {
        String row = "12125550101,a@example.com\n";

        assertThatThrownBy(() -> load("source,mailbox\n" + row.repeat(50_000)))
                .hasMessageContaining("one of more than 1000 of one source");
    }

    @Test
    void thousandsOfRowsAreAllFound() throws IOException {
        StringBuilder csv = new StringBuilder("source,mailbox\n");
        for (int i = 0; i < 5_000; i++) {
            csv.append(i % 2 == 0 ? "+1212" + (2_000_000 + i) : "Desk " + i)
                    .append(",u")
                    .append(i)
                    .append("@example.com\n");
        }

        CsvUserMapper mapper = load(csv.toString());

        for (int i = 0; i < 5_000; i++) {
            Participant participant = i % 2 == 0
                    ? Participant.ofPhone(ParticipantRole.TO, "1212" + (2_000_000 + i))
                    : new Participant(ParticipantRole.TO, "Desk " + i, null, null, false);
            assertThat(rule(mapper, participant)).isEqualTo("csv:line " + (i + 2));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Maps participants by a table: a CSV file (RFC 4180, UTF-8, with or without byte order mark, {@code ,} or {@code ;}) with
 * a header line and the columns
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code source}</td><td>a phone number, an email address, or the name of a participant who has neither</td></tr>
 * <tr><td>{@code mailbox}</td><td>the mailbox's primary address</td></tr>
 * <tr><td>{@code valid-from}</td><td>optional: from when on, empty for ever before</td></tr>
 * <tr><td>{@code valid-to}</td><td>optional: until when, empty for ever after</td></tr>
 * </table>
 *
 * <p>A period is given in days ({@code 2026-03-31}, both included, in {@link Builder#zone}) or instants
 * ({@code 2026-03-31T17:00:00Z}, the end excluded), and is compared with the time the message was sent: numbers change
 * owners.
 *
 * <p><b>Comparing.</b> A participant's phone number is looked up first, in its E.164 form, or as spelled where it has
 * none; then the email address, in lower case as a whole (Exchange knows no difference); then, for a participant with
 * neither, the name as spelled. A number without {@code +} is taken to start with its country code, as CellTrust gives it, or with
 * {@link Builder#defaultRegion} for a national one where that makes a valid number. Numbers with extensions and short codes
 * match as spelled only, and so do alphanumeric senders and {@code tel:} URIs. There are no wildcards: a source that looks like
 * one, a formula, or a number that a spreadsheet has shortened ({@code 1.21E+10}) is refused.
 *
 * <p>Whoever is in the table is mapped even if the source flags them as external. The mailbox's id is the address in lower
 * case, so several rows with one mailbox give one delivery. The rule is {@code csv:line 12}.
 *
 * <p>The file is read once, by {@link Builder#load()}; a changed file needs a new mapper. Memory: about 150 bytes per
 * row. Immutable and thread-safe.
 */
public final class CsvUserMapper implements UserMapper {

    private final CsvIndex rows;

    private CsvUserMapper(CsvIndex rows) {
        this.rows = rows;
    }

    /**
     * A mapper with defaults.
     *
     * @throws IOException if the file can't be read
     * @throws IllegalArgumentException as {@link Builder#load()} says
     */
    public static CsvUserMapper load(Path file) throws IOException {
        return builder(file).load();
    }

    /** Starts from the defaults. */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    @Override
    public Mapping map(Participant participant, Instant at) {
        String phone = participant.phone();
        String email = participant.email();
        String name = participant.displayName();
        Lookup lookup = new Lookup(at);
        if (phone != null) {
            lookup.tryKey(phone);
        }
        if (email != null && lookup.found == null) {
            lookup.tryKey(email);
        }
        if (phone == null && email == null && name != null) {
            lookup.tryKey(name);
        }
        return lookup.result();
    }

    @Override
    public List<Check> preflight() {
        return List.of(
                rows.size() == 0
                        ? Check.warn("the mapping file has no rows", "add users, or map by address alone")
                        : Check.pass("the mapping file knows " + rows.size() + " numbers, addresses and names"));
    }

    private final class Lookup {
        private final Instant at;
        private @Nullable CsvRow found;
        private boolean known;

        Lookup(Instant at) {
            this.at = at;
        }

        void tryKey(String key) {
            CsvRow row = rows.get(key);
            known |= row != null;
            found = row == null ? null : row.at(at);
        }

        Mapping result() {
            if (found != null) {
                return Mapping.to(found.mailbox(), "csv:line " + found.line());
            }
            return Mapping.unmapped(
                    known ? "in the user mapping file, but not for that time" : "not in the user mapping file");
        }
    }

    /** Options of a {@link CsvUserMapper}. Not thread-safe. */
    public static final class Builder {
        private final Path file;
        private String sourceColumn = "source";
        private String mailboxColumn = "mailbox";
        private String validFromColumn = "valid-from";
        private String validToColumn = "valid-to";
        private @Nullable String defaultRegion;
        private ZoneId zone = ZoneOffset.UTC;

        private Builder(Path file) {
            this.file = Objects.requireNonNull(file, "file");
        }

        /** The names of the two required columns. Default {@code source} and {@code mailbox}. Case doesn't matter. */
        public Builder columns(String source, String mailbox) {
            sourceColumn = Objects.requireNonNull(source, "source");
            mailboxColumn = Objects.requireNonNull(mailbox, "mailbox");
            return this;
        }

        /** The names of the two optional columns. Default {@code valid-from} and {@code valid-to}. */
        public Builder periodColumns(String validFrom, String validTo) {
            validFromColumn = Objects.requireNonNull(validFrom, "validFrom");
            validToColumn = Objects.requireNonNull(validTo, "validTo");
            return this;
        }

        /** The country of numbers without a country code, such as {@code US}. Default none: every number has its code. */
        public Builder defaultRegion(@Nullable String value) {
            defaultRegion = value;
            return this;
        }

        /** The zone in which days of {@code valid-from} and {@code valid-to} begin. Default UTC. */
        public Builder zone(ZoneId value) {
            zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        /**
         * Reads the file.
         *
         * @throws IOException if it can't be read
         * @throws IllegalArgumentException if it isn't UTF-8, its header isn't the one expected, a row is incomplete or
         *     holds no valid address or period, two rows give one source different mailboxes for the same time, or a source has more than 1,000 rows. The
         *     message names the lines of all problems, up to a thousand, never their content
         */
        public CsvUserMapper load() throws IOException {
            CsvTable table = new CsvTable(
                    new CsvColumns(sourceColumn, mailboxColumn, validFromColumn, validToColumn),
                    new SourceKey(defaultRegion),
                    zone);
            try (Reader reader =
                    new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
                return new CsvUserMapper(table.read(reader));
            }
        }
    }
}

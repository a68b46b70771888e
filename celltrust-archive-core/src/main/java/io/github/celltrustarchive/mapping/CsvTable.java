// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.celltrustarchive.model.AddrSpec;
import io.github.celltrustarchive.model.Mailbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a user mapping file into an index by key, and names its problems all at once. */
final class CsvTable {

    private static final int MAX_PROBLEMS = 20;
    private static final int MAX_HEADER = 8_192;

    private final CsvColumns columns;
    private final PhoneKey phones;
    private final ZoneId zone;
    private final Map<String, CsvRow> rows = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int moreProblems;

    CsvTable(CsvColumns columns, PhoneKey phones, ZoneId zone) {
        this.columns = columns;
        this.phones = phones;
        this.zone = zone;
    }

    Map<String, CsvRow> read(Reader file) throws IOException {
        try {
            readAll(new BufferedReader(file, 65_536));
        } catch (UncheckedIOException e) {
            throw explain(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw explain(e);
        } catch (CsvParseException e) { // its message may quote the file
            throw new IllegalArgumentException("user mapping file: not valid CSV");
        }
        if (!problems.isEmpty()) {
            String more = moreProblems == 0 ? "" : "; and " + moreProblems + " more";
            throw new IllegalArgumentException("user mapping file: " + String.join("; ", problems) + more);
        }
        return rows;
    }

    private void readAll(BufferedReader file) throws IOException {
        CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator(file))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file);
        CsvColumns.@Nullable Places places = null;
        for (CsvRecord line : csv) {
            if (places == null) {
                places = columns.find(line.getFields());
            } else if (line.getFieldCount() != places.count()) {
                problem(line.getStartingLineNumber(), "has not as many fields as the header");
            } else {
                add(line, places);
            }
        }
        if (places == null) {
            columns.find(List.of());
        }
    }

    private void add(CsvRecord line, CsvColumns.Places places) {
        long number = line.getStartingLineNumber();
        String source = line.getField(places.source()).strip();
        String address = line.getField(places.mailbox()).strip();
        if (source.isEmpty()) {
            problem(number, "has no source");
        } else if (!AddrSpec.isValid(address)) {
            problem(number, "has no valid mailbox address");
        } else {
            try {
                Instant from = places.validFrom() < 0 ? null : instant(line.getField(places.validFrom()), 0);
                Instant to = places.validTo() < 0 ? null : instant(line.getField(places.validTo()), 1);
                if (from != null && to != null && !from.isBefore(to)) {
                    problem(number, "ends before it begins");
                } else {
                    Mailbox mailbox = new Mailbox(address.toLowerCase(Locale.ROOT), address);
                    index(source, new CsvRow(number, mailbox, from, to, null));
                }
            } catch (DateTimeException e) {
                problem(number, "has a period that isn't a day or an instant");
            }
        }
    }

    private void index(String source, CsvRow row) {
        if (source.indexOf('@') >= 0) {
            index(source.toLowerCase(Locale.ROOT), row, true);
            return;
        }
        boolean clear = index(source, row, true);
        phones.of(source).filter(e164 -> !e164.equals(source)).ifPresent(e164 -> index(e164, row, clear));
    }

    /** Adds the row under a key; false if it contradicts another one, which is told if {@code tell}. */
    private boolean index(String key, CsvRow row, boolean tell) {
        CsvRow chain = rows.get(key);
        CsvRow conflict = chain == null ? null : chain.conflictWith(row);
        if (conflict == null) {
            rows.put(key, row.before(chain));
        } else if (tell) {
            problem(row.line(), "gives the source of line " + conflict.line() + " another mailbox for the same time");
        }
        return conflict == null;
    }

    private @Nullable Instant instant(String cell, int daysLater) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return null;
        }
        return text.indexOf('T') >= 0
                ? Instant.parse(text)
                : LocalDate.parse(text).plusDays(daysLater).atStartOfDay(zone).toInstant();
    }

    private void problem(long line, String what) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add("line " + line + " " + what);
        } else {
            moreProblems++;
        }
    }

    private static char separator(BufferedReader file) throws IOException {
        file.mark(1);
        if (file.read() != '\uFEFF') {
            file.reset();
        }
        file.mark(MAX_HEADER + 1);
        char separator = ',';
        for (int i = 0, c = file.read(); i < MAX_HEADER && c >= 0 && c != '\n'; i++, c = file.read()) {
            if (c == ';') {
                separator = ';';
                break;
            }
        }
        file.reset();
        return separator;
    }

    private static IOException explain(IOException e) {
        if (e instanceof CharacterCodingException) {
            throw new IllegalArgumentException("user mapping file: not UTF-8; save it as \"CSV UTF-8\"");
        }
        return e;
    }
}

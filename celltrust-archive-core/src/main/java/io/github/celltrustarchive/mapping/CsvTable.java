// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.celltrustarchive.model.AddrSpec;
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
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a user mapping file into an index by key, and names its problems all at once. */
final class CsvTable {

    private static final int MAX_PROBLEMS = 1_000;
    private static final int MAX_ROWS_OF_SOURCE = 1_000;
    private static final int MAX_DAYS = 10_000;
    private static final int MAX_HEADER = 8_192;
    private static final Pattern WILDCARD = Pattern.compile("[*%]$|[*%?]@|@[*%?]|^[*?%]+$");
    private static final Pattern SHORTENED = Pattern.compile("[0-9][.,]?[0-9]*[eE]\\+?[0-9]+");

    private final CsvColumns columns;
    private final SourceKey keys;
    private final ZoneId zone;
    private final CsvIndex rows;
    private final Map<String, Instant> days = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int moreProblems;

    CsvTable(CsvColumns columns, SourceKey keys, ZoneId zone) {
        this.columns = columns;
        this.keys = keys;
        rows = new CsvIndex(keys);
        this.zone = zone;
    }

    CsvIndex read(Reader file) throws IOException {
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
        String fault = fault(source);
        if (fault != null) {
            problem(number, fault);
        } else if (!AddrSpec.isValid(address)) {
            problem(number, "has no valid mailbox address");
        } else {
            try {
                Instant from = places.validFrom() < 0 ? null : instant(line.getField(places.validFrom()), false);
                Instant to = places.validTo() < 0 ? null : instant(line.getField(places.validTo()), true);
                if (from != null && to != null && !from.isBefore(to)) {
                    problem(number, "ends before it begins");
                } else {
                    long digits = keys.number(source);
                    String key = digits == 0 ? keys.text(source) : null;
                    index(new CsvRow((int) number, key, digits, address, from, to, null));
                }
            } catch (DateTimeException e) {
                problem(number, "has a period that isn't a day or an instant");
            }
        }
    }

    private void index(CsvRow row) {
        CsvRow chain = rows.like(row);
        if (chain != null) {
            if (chain.isLongerThan(MAX_ROWS_OF_SOURCE - 1)) {
                problem(row.line(), "is one of more than " + MAX_ROWS_OF_SOURCE + " of one source");
                return;
            }
            CsvRow conflict = chain.conflictWith(row);
            if (conflict != null) {
                problem(
                        row.line(),
                        "gives the source of line " + conflict.line() + " another mailbox for the same time");
            }
        }
        rows.put(row); // a conflicting one too: others may contradict it
    }

    /** What is wrong with a source, or null: what would never match, and what a spreadsheet has made of a number. */
    private static @Nullable String fault(String source) {
        if (source.isEmpty()) {
            return "has no source";
        }
        if (WILDCARD.matcher(source).find()) {
            return "has a wildcard as its source, and there are none: give each its line";
        }
        if (source.charAt(0) == '=') {
            return "has a formula as its source";
        }
        return SHORTENED.matcher(source).matches() ? "has a number that a spreadsheet has shortened" : null;
    }

    private @Nullable Instant instant(String cell, boolean endOfDay) {
        String text = cell.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.indexOf('T') >= 0) {
            return Instant.parse(text);
        }
        Instant known = days.get(endOfDay + text);
        if (known != null) {
            return known;
        }
        LocalDate day = LocalDate.parse(text);
        Instant instant = (endOfDay ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
        if (days.size() < MAX_DAYS) { // one object for the same day of a million rows
            days.put(endOfDay + text, instant);
        }
        return instant;
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

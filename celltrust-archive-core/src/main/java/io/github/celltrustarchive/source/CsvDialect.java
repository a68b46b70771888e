// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.spi.RecordException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How cells are told apart, and the one place where they are: RFC 4180, strictly, in UTF-8. */
record CsvDialect(char delimiter, char quote, int maxRowBytes) {

    CsvRowEnd rowEnd() {
        return new CsvRowEnd(delimiter, quote);
    }

    /**
     * The rows, at most {@code max} and one more.
     *
     * @throws RecordException if this isn't CSV or UTF-8; its message holds nothing of it
     */
    List<List<String>> rows(Content csv, int max) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (Reader text = reader(csv)) {
            CsvReader<CsvRecord> reader = CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .quoteCharacter(quote)
                    .skipEmptyLines(false)
                    .allowUnclosedQuote(false)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .maxBufferSize(Math.max(maxRowBytes, 65_536))
                    .ofCsvRecord(text);
            for (CsvRecord row : reader) {
                rows.add(row.getFields());
                if (rows.size() > max) {
                    break;
                }
            }
        } catch (UncheckedIOException e) {
            throw explain(Objects.requireNonNull(e.getCause()));
        } catch (CsvParseException e) { // its message quotes the record
            throw explain(e.getCause() instanceof IOException io ? io : null);
        }
        return rows;
    }

    private static Reader reader(Content csv) throws IOException {
        InputStream in = new BufferedInputStream(csv.open());
        in.mark(3);
        byte[] mark = in.readNBytes(3);
        if (mark.length < 3 || mark[0] != (byte) 0xEF || mark[1] != (byte) 0xBB || mark[2] != (byte) 0xBF) {
            in.reset();
        }
        return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
    }

    private static RecordException explain(@Nullable IOException cause) throws IOException {
        if (cause == null) {
            return new RecordException("the row isn't valid CSV: a quote isn't closed, or something follows one");
        }
        if (cause instanceof CharacterCodingException) {
            return new RecordException("the row isn't valid UTF-8");
        }
        throw cause;
    }
}

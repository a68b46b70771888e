// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@link SampleDays}, in the project's own format and as what it means.
 *
 * @param number counted from 1
 * @param day the day in whose export it stands; when it was sent may be earlier
 * @param line one line of JSON, without its line end
 * @param item what the line means; null if it is broken and must be held
 * @param replay whether it means the same as an earlier record, so that it must be archived no second time. Its line may be
 *     spelled in another way
 */
public record SampleRecord(
        long number, LocalDate day, String line, @Nullable SourceItem item, boolean replay) {

    public SampleRecord {
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(line, "line");
    }

    /** As a source gives it: {@code application/json}, its locator being {@code sample:} and its number. */
    public RawRecord raw() {
        return new RawRecord("application/json", Content.ofUtf8(line), "sample:" + number);
    }

    /** Number and size; never what it says. */
    @Override
    public String toString() {
        return "SampleRecord[" + number + ", " + line.length() + " chars]";
    }
}

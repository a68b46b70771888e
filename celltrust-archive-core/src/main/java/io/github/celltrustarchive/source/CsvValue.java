// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a field's value stands in a CSV export: in a column, or nowhere, because it is the same for every row. */
public final class CsvValue {

    private final @Nullable String column;
    private final String constant;

    private CsvValue(@Nullable String column, String constant) {
        this.column = column;
        this.constant = constant;
    }

    /**
     * The cell in the column of this name, spelled exactly as in the header. An empty cell means that the row has no such
     * value.
     */
    public static CsvValue column(String name) {
        if (Objects.requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        return new CsvValue(name, "");
    }

    /** This text in every row. */
    public static CsvValue constant(String text) {
        return new CsvValue(null, Objects.requireNonNull(text, "text"));
    }

    @Nullable
    String column() {
        return column;
    }

    String constant() {
        return constant;
    }

    /** The name of the column; constants are shown as such, because they may be numbers or names. */
    @Override
    public String toString() {
        return column == null ? "CsvValue[constant]" : "CsvValue[column " + column + "]";
    }
}

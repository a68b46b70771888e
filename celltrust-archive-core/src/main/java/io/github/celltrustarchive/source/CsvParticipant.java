// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a CSV export says who took part: the columns of name, phone number and address, each optional, at least one of
 * them given. A row in which all of them are empty has no such participant.
 *
 * <p>With a {@link #separatedBy separator} the cells are lists: {@code 12125550101;12125550102}. Cells that aren't empty
 * then must have equally many entries, and spaces around an entry aren't part of it. Without one a cell is a single value,
 * kept as it is spelled. Immutable and thread-safe.
 */
public final class CsvParticipant {

    private final @Nullable CsvValue name;
    private final @Nullable CsvValue phone;
    private final @Nullable CsvValue email;
    private final @Nullable CsvValue external;
    private final String separator;

    private CsvParticipant(
            @Nullable CsvValue name,
            @Nullable CsvValue phone,
            @Nullable CsvValue email,
            @Nullable CsvValue external,
            String separator) {
        this.name = name;
        this.phone = phone;
        this.email = email;
        this.external = external;
        this.separator = separator;
    }

    /** A participant with a phone number. */
    public static CsvParticipant ofPhone(CsvValue phone) {
        return new CsvParticipant(null, Objects.requireNonNull(phone, "phone"), null, null, "");
    }

    /** A participant with an email address. */
    public static CsvParticipant ofEmail(CsvValue email) {
        return new CsvParticipant(null, null, Objects.requireNonNull(email, "email"), null, "");
    }

    /** A participant with a name. */
    public static CsvParticipant ofName(CsvValue name) {
        return new CsvParticipant(Objects.requireNonNull(name, "name"), null, null, null, "");
    }

    /** The same with a name. */
    public CsvParticipant withName(CsvValue value) {
        return new CsvParticipant(Objects.requireNonNull(value, "name"), phone, email, external, separator);
    }

    /** The same with an email address. */
    public CsvParticipant withEmail(CsvValue value) {
        return new CsvParticipant(name, phone, Objects.requireNonNull(value, "email"), external, separator);
    }

    /**
     * The same with the flag that this is nobody of the firm's: {@code true}, or {@code false} and empty, in any case; another
     * word holds the row. It holds for all entries of a list. Default: not external.
     */
    public CsvParticipant withExternal(CsvValue value) {
        return new CsvParticipant(name, phone, email, Objects.requireNonNull(value, "external"), separator);
    }

    /** The same with cells that are lists. */
    public CsvParticipant separatedBy(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a separator must not be blank");
        }
        return new CsvParticipant(name, phone, email, external, value);
    }

    Stream<CsvValue> values() {
        return Stream.of(name, phone, email, external).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    @Nullable
    CsvValue name() {
        return name;
    }

    @Nullable
    CsvValue phone() {
        return phone;
    }

    @Nullable
    CsvValue email() {
        return email;
    }

    @Nullable
    CsvValue external() {
        return external;
    }

    String separator() {
        return separator;
    }
}

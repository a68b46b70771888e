// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which of the things that wait for an operator a command is about. Starts with {@link #all()}; every further condition
 * narrows it.
 *
 * <pre>{@code
 * Selection.all().only(Kind.DELIVERIES).reason("mailbox is full")
 * Selection.all().sourceId("m-4711")
 * }</pre>
 *
 * @param kinds what kinds of things; never empty. {@code remap} looks at participants only, whatever stands here
 * @param item the item with this key, or null for any
 * @param sourceId the items with this source id, all revisions of it (of a record that couldn't be parsed its locator), or
 *     null for any
 * @param reason those whose reason contains this text, upper and lower case taken alike for the letters A to Z, or null for
 *     any. What is external has no reason, so a reason never selects it
 * @param recordedFrom those whose item was recorded at this time or later, or null for any
 * @param recordedBefore those whose item was recorded before this time, or null for any
 * @param external whether {@code remap} asks for external participants too
 */
public record Selection(
        Set<Kind> kinds,
        @Nullable ItemKey item,
        @Nullable String sourceId,
        @Nullable String reason,
        @Nullable Instant recordedFrom,
        @Nullable Instant recordedBefore,
        boolean external) {

    /** What can wait for an operator. */
    public enum Kind {
        /** Records that couldn't be parsed or converted. */
        ITEMS,
        /** Participants whose mailbox couldn't be found out. */
        PARTICIPANTS,
        /** Messages that couldn't be written to a mailbox. */
        DELIVERIES
    }

    public Selection {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("a selection needs at least one kind");
        }
        kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
        if (recordedFrom != null && recordedBefore != null && !recordedFrom.isBefore(recordedBefore)) {
            throw new IllegalArgumentException("recordedFrom must be before recordedBefore");
        }
    }

    /** Everything, except external participants. */
    public static Selection all() {
        return new Selection(EnumSet.allOf(Kind.class), null, null, null, null, null, false);
    }

    /** Only these kinds of things. */
    public Selection only(Kind first, Kind... more) {
        return new Selection(EnumSet.of(first, more), item, sourceId, reason, recordedFrom, recordedBefore, external);
    }

    /** Only what belongs to the item with this key. */
    public Selection item(ItemKey value) {
        Objects.requireNonNull(value, "item");
        return new Selection(kinds, value, sourceId, reason, recordedFrom, recordedBefore, external);
    }

    /** Only what belongs to items with this source id or locator. */
    public Selection sourceId(String value) {
        Objects.requireNonNull(value, "sourceId");
        return new Selection(kinds, item, value, reason, recordedFrom, recordedBefore, external);
    }

    /** Only what has this text in its reason. */
    public Selection reason(String contained) {
        Objects.requireNonNull(contained, "reason");
        return new Selection(kinds, item, sourceId, contained, recordedFrom, recordedBefore, external);
    }

    /** Only what belongs to items recorded at this time or later. */
    public Selection recordedFrom(Instant inclusive) {
        Objects.requireNonNull(inclusive, "recordedFrom");
        return new Selection(kinds, item, sourceId, reason, inclusive, recordedBefore, external);
    }

    /** Only what belongs to items recorded before this time. */
    public Selection recordedBefore(Instant exclusive) {
        Objects.requireNonNull(exclusive, "recordedBefore");
        return new Selection(kinds, item, sourceId, reason, recordedFrom, exclusive, external);
    }

    /** External participants too, for {@code remap}. */
    public Selection andExternal() {
        return new Selection(kinds, item, sourceId, reason, recordedFrom, recordedBefore, true);
    }

    /** Shows keys and times; of the source id and the reason only that they are given. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "Selection[", "]");
        text.add(kinds.toString());
        if (item != null) {
            text.add("item " + item);
        }
        if (sourceId != null) {
            text.add("one source id");
        }
        if (reason != null) {
            text.add("by reason");
        }
        if (recordedFrom != null) {
            text.add("recorded from " + recordedFrom);
        }
        if (recordedBefore != null) {
            text.add("recorded before " + recordedBefore);
        }
        return text + (external ? " and external" : "");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.merge1.Merge1Item;
import io.github.celltrustarchive.merge1.Merge1Page;
import io.github.celltrustarchive.merge1.Merge1Window;
import io.github.celltrustarchive.model.Checkpoint;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a site was read. There are two lists: the main one, which is read once from its beginning and then only on, and
 * now and then, before going on, the list of a window of time again, for what has turned up late. Immutable.
 *
 * @param cursor of the main list; empty before its first page
 * @param told up to which cursor of the main list the site may be told that everything is archived
 * @param high the latest time of storing seen, never before 1970 or in the future; null before the first item
 * @param base {@code high} as it was when late arrivals were last looked for; null before the end was first reached
 * @param lookedAt when that was
 * @param atEnd whether the main list was read to its end
 * @param again the window that is being read again, or null
 * @param againCursor of that list; empty before its first page
 * @param heldBackUntil until when {@code told} stays as it is, because the bytes of an item couldn't be had; or null
 * @param memory of what was archived last
 */
record SitePosition(
        String cursor,
        String told,
        @Nullable Instant high,
        @Nullable Instant base,
        @Nullable Instant lookedAt,
        boolean atEnd,
        @Nullable Merge1Window again,
        String againCursor,
        @Nullable Instant heldBackUntil,
        SiteMemory memory) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");

    private static final SitePosition START =
            new SitePosition("", "", null, null, null, false, null, "", null, SiteMemory.EMPTY);

    /** @throws IllegalArgumentException if the checkpoint isn't one of a site */
    static SitePosition of(Checkpoint checkpoint) {
        return checkpoint.equals(Checkpoint.START) ? START : read(checkpoint.value());
    }

    /** The cursor to ask with. */
    String asking() {
        return again == null ? cursor : againCursor;
    }

    /** Whether it is time to look for late arrivals; also if the clock was ahead when this was done last. */
    boolean isDue(Instant now, Duration interval) {
        boolean lately = lookedAt != null && !now.isBefore(lookedAt) && now.isBefore(lookedAt.plus(interval));
        return atEnd && again == null && base != null && !lately;
    }

    /** Begins to look for late arrivals. Those stored in the millisecond of {@code high} are among them. */
    SitePosition lookAgain(Duration overlap) {
        Instant from = base == null ? Instant.EPOCH : base.minus(overlap);
        Instant until = high == null ? from : high.plusMillis(1);
        return listing(new Merge1Window(from, until), "");
    }

    /**
     * Begins to look for items that were stored after everything known and yet stand before the place that was reached. Where
     * something new comes after them, the next window shows them; where nothing does, only this.
     */
    SitePosition lookBeyond() {
        return listing(new Merge1Window(high == null ? Instant.EPOCH : high, FAR), "");
    }

    private SitePosition listing(@Nullable Merge1Window window, String place) {
        return new SitePosition(cursor, told, high, base, lookedAt, false, window, place, heldBackUntil, memory);
    }

    private SitePosition knowing(@Nullable Instant newHigh, @Nullable Instant newBase, @Nullable Instant newLookedAt) {
        return new SitePosition(
                cursor, told, newHigh, newBase, newLookedAt, atEnd, again, againCursor, heldBackUntil, memory);
    }

    /**
     * One page on.
     *
     * @throws IOException if the page leads back
     */
    SitePosition after(Merge1Page page, Instant now) throws IOException {
        if (page.more() && page.nextCursor().equals(asking())) {
            throw new IOException("the site says that more comes, but after the same cursor again");
        }
        Instant highest = latest(page.items(), now);
        if (again != null) {
            return page.more()
                    ? knowing(highest, base, lookedAt).listing(again, page.nextCursor())
                    : knowing(highest, highest, now).listing(null, "");
        }
        boolean first = !page.more() && base == null;
        SitePosition next = first ? knowing(highest, highest, now) : knowing(highest, base, lookedAt);
        return next.reaching(page.nextCursor(), !page.more());
    }

    private SitePosition reaching(String place, boolean end) {
        return new SitePosition(place, told, high, base, lookedAt, end, null, "", heldBackUntil, memory);
    }

    SitePosition remembering(Collection<Merge1Item> items, int most) {
        return new SitePosition(
                cursor, told, high, base, lookedAt, atEnd, again, againCursor, heldBackUntil, memory.with(items, most));
    }

    /**
     * With what the site may be told: everything, unless bytes are lacking that it still has.
     *
     * @param lacking whether the bytes of an item of this page couldn't be had
     * @param patience for so long after the last failure the site isn't told of what follows
     */
    SitePosition telling(boolean lacking, Instant now, Duration patience) {
        Instant until = lacking ? now.plus(patience) : heldBackUntil;
        boolean back =
                until != null && now.isBefore(until) && !now.plus(patience).isBefore(until);
        return new SitePosition(
                cursor,
                back ? told : cursor,
                high,
                base,
                lookedAt,
                atEnd,
                again,
                againCursor,
                back ? until : null,
                memory);
    }

    private @Nullable Instant latest(List<Merge1Item> items, Instant now) {
        Instant latest = high;
        for (Merge1Item item : items) {
            Instant stored = item.storedAt().isAfter(now) ? now : item.storedAt();
            stored = stored.isBefore(Instant.EPOCH) ? Instant.EPOCH : stored;
            if (latest == null || stored.isAfter(latest)) {
                latest = stored;
            }
        }
        return latest;
    }

    Checkpoint toCheckpoint() {
        ObjectNode json = JSON.createObjectNode();
        json.put("merge1-site", VERSION).put("cursor", cursor).put("atEnd", atEnd);
        if (heldBackUntil != null) {
            json.put("told", told).put("heldBackUntil", heldBackUntil.toString());
        }
        put(json, "high", high);
        put(json, "base", base);
        put(json, "lookedAt", lookedAt);
        if (again != null) {
            json.put("againFrom", again.from().toString())
                    .put("againUntil", again.until().toString())
                    .put("againCursor", againCursor);
        }
        json.put("known", memory.text());
        return new Checkpoint(json.toString());
    }

    private static void put(ObjectNode json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, time.toString());
        }
    }

    private static SitePosition read(String value) {
        JsonNode json;
        try {
            json = JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a checkpoint of a Merge1 site", e);
        }
        if (json.path("merge1-site").asInt() != VERSION) {
            throw new IllegalArgumentException("not a checkpoint of a Merge1 site, or one of a later version");
        }
        try {
            return read(json);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a damaged checkpoint of a Merge1 site", e);
        }
    }

    private static SitePosition read(JsonNode json) {
        Instant from = time(json, "againFrom");
        Instant until = time(json, "againUntil");
        Instant heldBackUntil = time(json, "heldBackUntil");
        String cursor = json.path("cursor").asText();
        return new SitePosition(
                cursor,
                heldBackUntil == null ? cursor : json.path("told").asText(),
                time(json, "high"),
                time(json, "base"),
                time(json, "lookedAt"),
                json.path("atEnd").asBoolean(),
                from == null || until == null ? null : new Merge1Window(from, until),
                json.path("againCursor").asText(""),
                heldBackUntil,
                SiteMemory.of(json.path("known").asText()));
    }

    private static @Nullable Instant time(JsonNode json, String name) {
        return json.has(name) ? Instant.parse(json.path(name).asText()) : null;
    }
}

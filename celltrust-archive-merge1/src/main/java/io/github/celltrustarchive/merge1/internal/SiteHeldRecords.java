// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.merge1.Merge1Item;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Records that stand for items which were listed but can't be had: the entry of the list, so that the item is accounted for,
 * and whatever bytes there were. They are always held.
 */
public final class SiteHeldRecords {

    /** The media type of such a record. */
    public static final String MEDIA_TYPE = "application/vnd.celltrust-archive.merge1-item+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ENTRY = 64 * 1024;

    private SiteHeldRecords() {}

    /** Why an item can't be had. */
    enum Reason {
        VANISHED("vanished at the source: the site listed it, and says now that it has no such item. Ask the site's"
                + " operator what became of it; bytes that came before, if any, are kept beside the entry"),
        TOO_LARGE("larger than the source's maxItemBytes: raise it and have the item listed again"),
        DIGEST_DIFFERS("its bytes don't have the digest that the site states, at every try; they are kept beside the"
                + " entry. Ask the site's operator which of the two is right"),
        UNREACHABLE("the site lists it, but doesn't give the bytes of what it lists: another version, another size, or"
                + " a link that leads away from the site. Ask the site's operator to mend its list");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    /** A record of what is the same at every reading of the list: no link, no time of ours. */
    static RawRecord of(Merge1Item item, Reason reason, Map<String, Content> parts, String locator) {
        ObjectNode json = JSON.createObjectNode();
        json.put("reason", reason.name())
                .put("id", item.id())
                .put("size", item.size())
                .put("sha256", item.sha256())
                .put("storedAt", item.storedAt().toString());
        if (item.name() != null) {
            json.put("name", item.name());
        }
        return new RawRecord(MEDIA_TYPE, Content.ofUtf8(json.toString()), parts, locator);
    }

    /** The refusal to be thrown for such a record. */
    public static RecordException refusal(RawRecord record) throws IOException {
        try (InputStream in = record.bytes().open()) {
            JsonNode json = JSON.readTree(in.readNBytes(MAX_ENTRY));
            return new RecordException(Reason.valueOf(json.path("reason").asText()).sentence);
        } catch (IllegalArgumentException | com.fasterxml.jackson.core.JsonProcessingException e) {
            return new RecordException("an entry of a Merge1 site's list that can't be read");
        }
    }
}

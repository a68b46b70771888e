// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a record: a message, or held, or excluded by a rule of the host. */
final class ItemConversion {

    private final Parts parts;
    private final Options options;

    ItemConversion(RunContext run) {
        this(run.parts(), run.options());
    }

    ItemConversion(Parts parts, Options options) {
        this.parts = parts;
        this.options = options;
    }

    PageEntry convert(RecordReading reading, int revision) throws IOException {
        SourceItem item = reading.item();
        if (item == null) {
            return entry(reading, revision, null, reading.fault(), null);
        }
        String held;
        try {
            String rule = excludedBy(item);
            return rule != null
                    ? entry(reading, revision, null, null, rule)
                    : entry(reading, revision, convert(item, reading), null, null);
        } catch (ArchiveException e) {
            held = Faults.heldReason(e);
        } catch (RuntimeException | StackOverflowError e) {
            held = Faults.heldReason("the converter", e);
        } catch (OutOfMemoryError e) {
            throw Faults.outOfMemory("converting", reading.raw(), e);
        }
        return entry(reading, revision, null, held, null);
    }

    private ConvertedMessage convert(SourceItem item, RecordReading reading) throws IOException {
        return parts.converter().convert(item, reading.identity().key(), reading.raw());
    }

    private static PageEntry entry(
            RecordReading reading,
            int revision,
            @Nullable ConvertedMessage message,
            @Nullable String held,
            @Nullable String excluded) {
        return new PageEntry(reading.raw(), reading.identity(), revision, message, held, excluded);
    }

    private @Nullable String excludedBy(SourceItem item) {
        for (Map.Entry<String, Predicate<SourceItem>> rule :
                options.exclusions().entrySet()) {
            if (rule.getValue().test(item)) {
                return rule.getKey();
            }
        }
        return null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.MessageConverter;
import java.io.IOException;
import java.util.Objects;

/** A converter with the faults of a plan in {@code convert}, and in {@code writeTo} of the emails that it makes. */
public final class FaultyConverter implements MessageConverter {

    private final MessageConverter converter;
    private final FaultPlan plan;

    /** Wraps a converter. */
    public FaultyConverter(MessageConverter converter, FaultPlan plan) {
        this.converter = Objects.requireNonNull(converter, "converter");
        this.plan = plan.requireMethods("convert", "writeTo");
    }

    @Override
    public ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
        ConvertedMessage message = plan.quickCall("convert", () -> converter.convert(item, key, raw));
        return new ConvertedMessage(
                message.envelope(),
                out -> plan.quickCall("writeTo", () -> {
                    message.eml().writeTo(out);
                    return true;
                }));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.ConnectorProfile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * CellTrust's TxTFeedback: messages that the gateway pushes to an address of the host's. The host receives them and hands each
 * body, with its {@code Content-Type} as media type, to {@link SpoolSource#accept}; {@code docs/txt-feedback.md} tells what
 * becomes of the fields, and the examples have a receiver.
 */
public final class TxtFeedback {

    private TxtFeedback() {}

    /**
     * Opens a spool for pushes of the feed, with the default bounds and a {@link TxtFeedbackParser} that takes times for
     * those of the profile's zone. For other bounds or options build {@link SpoolSource} and parser yourself.
     *
     * @throws IllegalStateException if the profile has no zone: the feed's times have none either
     * @throws io.github.celltrustarchive.spi.ArchiveException with the remedy {@code STOP} if the folder is in use
     * @throws IOException if the folder can't be used
     */
    public static SpoolSource openSpool(Path folder, ConnectorProfile profile) throws IOException {
        return new SpoolSource(
                folder, TxtFeedbackParser.builder().zone(profile.zone()).build());
    }
}

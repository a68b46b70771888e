// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.spi.UserMapper;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a host wired together. Source and sink may be missing in a pipeline that does only the other half.
 */
public record Parts(
        ConnectorProfile profile,
        @Nullable SourceAdapter source,
        MessageConverter converter,
        UserMapper mapper,
        Stager stager,
        @Nullable MailboxSink sink,
        Ledger ledger) {

    /** The source of a pipeline that has one. */
    SourceAdapter requireSource() {
        return Objects.requireNonNull(source, "a pipeline without a source can't collect");
    }

    /** The sink of a pipeline that has one. */
    MailboxSink requireSink() {
        return Objects.requireNonNull(sink, "a pipeline without a sink can't deliver");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import java.io.IOException;

/** Where emails of a Merge1 site come from; open as long as the command runs. */
interface Merge1Origin extends AutoCloseable {

    /** For people; no secret is in it. */
    String shown();

    /** A source for one run, which closes it. */
    SourceAdapter open(RecordParser parser) throws IOException;

    /** Ends what was started or connected. A second call does nothing. */
    @Override
    default void close() throws IOException {}
}

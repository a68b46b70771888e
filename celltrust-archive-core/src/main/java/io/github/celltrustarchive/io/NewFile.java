// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.io.IOException;
import java.io.OutputStream;

/** A file that is being written. Not thread-safe. */
public abstract class NewFile extends OutputStream {

    /** For implementations. */
    protected NewFile() {}

    /** Makes all bytes written so far durable. After a failure the file is given up: a second try proves nothing. */
    public abstract void force() throws IOException;

    /** How many bytes have been written. */
    public abstract long position() throws IOException;
}

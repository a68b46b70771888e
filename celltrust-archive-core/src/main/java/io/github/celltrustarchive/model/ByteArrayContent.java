// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes in memory. */
final class ByteArrayContent implements Content {

    private final byte[] bytes;

    ByteArrayContent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Content[" + bytes.length + " bytes]";
    }
}

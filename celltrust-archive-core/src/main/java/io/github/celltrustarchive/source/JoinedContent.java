// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A few bytes in memory, then a content. */
final class JoinedContent implements Content {

    private final byte[] first;
    private final Content second;

    private JoinedContent(byte[] first, Content second) {
        this.first = first;
        this.second = second;
    }

    static Content of(byte[] first, Content second) {
        return new JoinedContent(first, second);
    }

    @Override
    public InputStream open() throws IOException {
        return new SequenceInputStream(new ByteArrayInputStream(first), second.open());
    }

    @Override
    public long size() {
        return first.length + second.size();
    }

    @Override
    public String toString() {
        return "Content[joined, " + size() + " bytes]";
    }
}

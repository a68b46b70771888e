// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of an attachment while it is being read. */
final class AttachmentDraft {

    static final long NOT_DECLARED = -1;

    private final String where;
    private final RawRecord record;
    private @Nullable DigestedContent inline;

    @Nullable
    String name;

    @Nullable
    String type;

    @Nullable
    String file;

    @Nullable
    String sha256;

    long size = NOT_DECLARED;

    AttachmentDraft(String where, RawRecord record) {
        this.where = where;
        this.record = record;
    }

    /** The bytes stand in the record, in the string whose opening quotation mark is here. */
    void inline(long quote) throws IOException {
        try {
            inline = InlineData.of(record.bytes(), quote);
        } catch (InlineData.NotBase64Exception e) {
            throw new RecordException(where + ".data isn't base64");
        }
    }

    Attachment build() throws IOException {
        DigestedContent content = content();
        if (size != NOT_DECLARED && size != content.size()) {
            throw new RecordException(where + " has another size than it declares");
        }
        if (sha256 != null && !sha256.toLowerCase(Locale.ROOT).equals(content.sha256())) {
            throw new RecordException(where + " has another sha256 than it declares");
        }
        String fileName = name != null ? name : file != null ? file : "";
        return new Attachment(fileName, type == null ? "application/octet-stream" : type, content);
    }

    private DigestedContent content() throws IOException {
        if (file == null) {
            if (inline == null) {
                throw new RecordException(where + " has neither data nor file");
            }
            return inline;
        }
        if (inline != null) {
            throw new RecordException(where + " has both data and file");
        }
        if (!PlainFileName.is(file)) {
            throw new RecordException(where + ".file isn't a plain file name");
        }
        Content part = record.parts().get(file);
        if (part == null) {
            throw new RecordException(where + ".file is missing beside the export");
        }
        return DigestedContent.of(part);
    }
}

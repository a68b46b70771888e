// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import java.io.IOException;
import java.util.Objects;

/**
 * Reads records of type {@code message/rfc822} as a Merge1 site makes them: who took part, when, and the digest by which an
 * email that comes again is known.
 *
 * <p>Immutable; may be used by several threads at once.
 */
public final class Merge1EmlParser implements RecordParser {

    /** The media type of the records that this parser reads. */
    public static final String MEDIA_TYPE = "message/rfc822";

    private final ConnectorProfile profile;

    private Merge1EmlParser(Builder builder) {
        profile = builder.profile;
    }

    /** A parser with the defaults of {@link Builder}. */
    public static Merge1EmlParser of(ConnectorProfile profile) {
        return builder(profile).build();
    }

    /** Starts from the defaults. */
    public static Builder builder(ConnectorProfile profile) {
        return new Builder(profile);
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        throw new RecordException("can't be read yet under " + profile.headerPrefix());
    }

    /** Collects the options of a {@link Merge1EmlParser}. Not thread-safe. */
    public static final class Builder {
        private final ConnectorProfile profile;

        private Builder(ConnectorProfile profile) {
            this.profile = Objects.requireNonNull(profile, "profile");
        }

        /** The parser. */
        public Merge1EmlParser build() {
            return new Merge1EmlParser(this);
        }
    }
}

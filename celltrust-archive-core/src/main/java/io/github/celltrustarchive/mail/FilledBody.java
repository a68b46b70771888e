// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.spi.ArchiveException;
import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The body that an author's message has, taken over: nothing that happens to the message later changes it. Boundaries can't
 * occur in a part for the reason that {@link EmlBody} gives. Immutable.
 */
final class FilledBody {

    /** A part that writes its own header, or an entity whose describing fields belong to the email's header. */
    private interface Entity {
        void describe(HeaderFields header);

        void write(EmlWriter out) throws IOException;
    }

    private static final Set<String> MULTIPARTS = Set.of("mixed", "alternative", "related");
    private static final int MAX_DEPTH = 20;

    private final Entity root;
    private final long size;

    private FilledBody(Entity root, long size) {
        this.root = root;
        this.size = size;
    }

    /**
     * Takes the content over; reads data sources once, for their size.
     *
     * @throws IllegalStateException if there is no content, or a part that isn't a {@link FilledPart}
     * @throws ArchiveException with remedy {@code HOLD} if it is over the size policy
     */
    static FilledBody of(FilledContent content, ItemKey key, SizePolicy policy, Set<Note> notes) throws IOException {
        Taking taking = new Taking(key.hex().substring(0, 32), policy, notes);
        Entity root = taking.take(content, new FilledPart(), 0);
        return new FilledBody(root, taking.size);
    }

    /** Bytes of content before any transfer encoding. */
    long size() {
        return size;
    }

    /** This body, and behind it the attachments, if there are any. */
    FilledBody with(List<AttachmentPart> attachments, ItemKey key) {
        if (attachments.isEmpty()) {
            return this;
        }
        String boundary = "=_m_" + key.hex().substring(0, 32);
        List<Entity> entities = new ArrayList<>();
        entities.add(root);
        List<AttachmentPart> parts = List.copyOf(attachments);
        return new FilledBody(new Multi("mixed", boundary, entities, parts), size);
    }

    /** Ends the email's header. */
    void describe(HeaderFields header) {
        root.describe(header);
        header.blankLine();
    }

    void write(EmlWriter out) throws IOException {
        root.write(out);
    }

    private record Multi(String subtype, String boundary, List<Entity> entities, List<AttachmentPart> attachments)
            implements Entity {
        @Override
        public void describe(HeaderFields header) {
            header.parameters("Content-Type", "multipart/" + subtype, List.of("boundary=\"" + boundary + "\""));
        }

        @Override
        public void write(EmlWriter out) throws IOException {
            boolean first = true;
            for (Entity entity : entities) {
                delimiter(out, first);
                first = false;
                HeaderFields header = new HeaderFields(EnumSet.noneOf(Note.class));
                entity.describe(header);
                header.blankLine();
                byte[] bytes = header.toByteArray();
                out.write(bytes, bytes.length);
                entity.write(out);
            }
            for (AttachmentPart attachment : attachments) {
                out.delimiter(boundary);
                attachment.write(out);
            }
            out.closeDelimiter(boundary);
        }

        private void delimiter(EmlWriter out, boolean first) throws IOException {
            if (first) {
                out.firstDelimiter(boundary);
            } else {
                out.delimiter(boundary);
            }
        }
    }

    /** What a part says of itself beside its type. */
    private record Traits(String fileName, String disposition, String contentId, String description) {
        void describe(HeaderFields header) {
            if (!disposition.isEmpty() || !fileName.isEmpty()) {
                header.parameters(
                        "Content-Disposition",
                        disposition.isEmpty() ? "attachment" : disposition,
                        fileName.isEmpty() ? List.of() : FileNames.exact(fileName));
            }
            if (!contentId.isEmpty()) {
                header.fixed("Content-ID", contentId);
            }
            if (!description.isEmpty()) {
                header.text("Content-Description", description);
            }
        }
    }

    private record Text(String text, String subtype, TextEncoding.Kind encoding, Traits traits) implements Entity {
        @Override
        public void describe(HeaderFields header) {
            header.fixed("Content-Type", "text/" + subtype + "; charset=utf-8");
            header.fixed("Content-Transfer-Encoding", encoding.word());
            traits.describe(header);
        }

        @Override
        public void write(EmlWriter out) throws IOException {
            TextEncoding encoded = encoding.on(out);
            encoded.add(text);
            encoded.end();
        }
    }

    private record Data(DataSource source, String type, long bytes, Traits traits) implements Entity {
        @Override
        public void describe(HeaderFields header) {
            header.parameters("Content-Type", type, FileNames.fallback(traits.fileName()));
            header.fixed("Content-Transfer-Encoding", "base64");
            traits.describe(header);
        }

        @Override
        public void write(EmlWriter out) throws IOException {
            try (InputStream in = source.getInputStream()) {
                out.base64(in, bytes);
            }
        }
    }

    /** Walks the author's tree. */
    private static final class Taking {
        private final String digest;
        private final SizePolicy policy;
        private final Set<Note> notes;
        private int parts;
        private int multiparts;
        private long size;

        Taking(String digest, SizePolicy policy, Set<Note> notes) {
            this.digest = digest;
            this.policy = policy;
            this.notes = notes;
        }

        Entity take(FilledContent content, FilledPart part, int depth) throws IOException {
            if (depth > MAX_DEPTH) {
                throw new IllegalStateException("multiparts are nested more than " + MAX_DEPTH + " deep");
            }
            if (content instanceof FilledContent.Text text) {
                TextShape shape = TextShape.of(text.text());
                count(shape.utf8Bytes(), policy.maxMessageBytes());
                if (shape.unpairedSurrogates()) {
                    notes.add(Note.UNPAIRED_SURROGATES);
                }
                return new Text(text.text(), text.subtype(), shape.encoding(0), traits(part));
            }
            if (content instanceof FilledContent.Data data) {
                long bytes = length(data.source());
                count(bytes, policy.maxAttachmentBytes());
                String declared = data.source().getContentType();
                String type = MediaTypes.safe(declared == null ? "" : declared, notes);
                return new Data(data.source(), type, bytes, traits(part));
            }
            if (content instanceof FilledContent.Parts multipart) {
                return multi(multipart, depth);
            }
            throw new IllegalStateException("a message or part has no content");
        }

        private Entity multi(FilledContent.Parts content, int depth) throws IOException {
            String subtype = subtype(content.multipart().getContentType());
            String boundary = "=_j" + ++multiparts + "_" + digest;
            List<Entity> entities = new ArrayList<>();
            try {
                for (int i = 0; i < content.multipart().getCount(); i++) {
                    if (!(content.multipart().getBodyPart(i) instanceof FilledPart part)) {
                        throw new IllegalStateException("a part wasn't made by newBodyPart()");
                    }
                    entities.add(take(part.filled(), part, depth + 1));
                }
            } catch (MessagingException e) {
                throw new IllegalStateException("a multipart can't be read", e);
            }
            if (entities.isEmpty()) {
                throw new IllegalStateException("a multipart has no parts");
            }
            return new Multi(subtype, boundary, List.copyOf(entities), List.of());
        }

        private Traits traits(FilledPart part) {
            parts++;
            String name = part.getFileName().isEmpty() ? "" : FileNames.display(part.getFileName(), parts, notes);
            String description = HeaderText.clean(part.getDescription(), HeaderText.MAX_VALUE, notes);
            return new Traits(name, part.getDisposition(), part.getContentID(), description);
        }

        private void count(long bytes, long partLimit) {
            size += bytes;
            if (bytes > partLimit || size > policy.maxMessageBytes()) {
                throw ArchiveException.hold(
                        "the body has at least " + size + " bytes, over the size policy: raise the limit and release"
                                + " the item",
                        null);
            }
        }

        private static long length(DataSource source) throws IOException {
            try (InputStream in = source.getInputStream()) {
                return in.transferTo(OutputStream.nullOutputStream());
            }
        }

        private static String subtype(String type) {
            int semicolon = type.indexOf(';');
            String plain = (semicolon < 0 ? type : type.substring(0, semicolon))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            String subtype = plain.startsWith("multipart/") ? plain.substring("multipart/".length()) : "";
            if (!MULTIPARTS.contains(subtype)) {
                throw new IllegalStateException("a multipart must be mixed, alternative or related");
            }
            return subtype;
        }
    }
}

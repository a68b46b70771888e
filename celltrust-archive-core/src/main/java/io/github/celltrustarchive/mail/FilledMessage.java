// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message that collects what an author sets, as plain text. All setters of fields end in {@link #setHeader}, which takes only
 * fields that aren't the base's.
 */
final class FilledMessage extends MimeMessage {

    private static final Set<String> ALLOWED =
            Set.of("subject", "comments", "importance", "keywords", "priority", "sensitivity");

    private final String reservedPrefix;
    private final Set<Note> notes;
    private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private FilledContent filled = new FilledContent.None();

    /** With the header prefix that belongs to the archive. */
    FilledMessage(String headerPrefix, Set<Note> notes) {
        super((Session) null);
        reservedPrefix = headerPrefix.toLowerCase(Locale.ROOT) + "-";
        this.notes = notes;
    }

    FilledContent filled() {
        return filled;
    }

    /** Writes the author's fields, in the order of their names; not the subject. */
    void writeTo(HeaderFields header) {
        fields.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Subject")) {
                header.text(name, value);
            }
        });
    }

    /** The subject, clean; empty if there is none. */
    @Override
    public String getSubject() {
        return fields.getOrDefault("Subject", "");
    }

    @Override
    public void setSubject(@Nullable String subject) {
        setSubject(subject, null);
    }

    @Override
    public void setSubject(@Nullable String subject, @Nullable String charset) {
        setHeader("Subject", subject);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        requireOurs(name);
        if (value == null || value.isBlank()) {
            fields.remove(name);
        } else {
            fields.put(name, HeaderText.clean(value, HeaderText.MAX_VALUE, notes));
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (fields.containsKey(name)) {
            throw new IllegalArgumentException("no field of an archived email occurs twice");
        }
        setHeader(name, value);
    }

    @Override
    public void addHeaderLine(String line) {
        int colon = line.indexOf(':');
        addHeader(
                colon < 0 ? "" : line.substring(0, colon),
                line.substring(colon + 1).strip());
    }

    @Override
    public void removeHeader(String name) {
        fields.remove(name);
    }

    @Override
    public String @Nullable [] getHeader(String name) {
        String value = fields.get(name);
        return value == null ? null : new String[] {value};
    }

    @Override
    public @Nullable String getHeader(String name, @Nullable String delimiter) {
        return fields.get(name);
    }

    @Override
    public void setText(String text) {
        setText(text, null, "plain");
    }

    @Override
    public void setText(String text, @Nullable String charset) {
        setText(text, charset, "plain");
    }

    @Override
    public void setText(String text, @Nullable String charset, String subtype) {
        setContent(text, "text/" + subtype);
    }

    @Override
    public void setContent(Object object, String type) {
        filled = FilledContent.of(object, type);
    }

    @Override
    public void setContent(Multipart multipart) {
        filled = new FilledContent.Parts(multipart);
    }

    @Override
    public synchronized void setDataHandler(DataHandler handler) {
        filled = new FilledContent.Data(handler.getDataSource());
    }

    /** Nothing is saved: the base writes the message. */
    @Override
    protected void updateHeaders() {}

    private void requireOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean extension = lower.startsWith("x-")
                && !lower.startsWith(reservedPrefix)
                && !lower.startsWith("x-mms-")
                && lower.length() <= 60
                && lower.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
        if (!extension && !ALLOWED.contains(lower)) {
            throw new IllegalArgumentException(
                    "a field that a converter can't set: the base writes it, or nobody does");
        }
    }
}

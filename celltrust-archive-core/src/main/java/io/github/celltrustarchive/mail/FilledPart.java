// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeBodyPart;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part that collects what an author sets, as plain text. Its setters of fields end in {@link #setHeader}. */
final class FilledPart extends MimeBodyPart {

    private static final Pattern CONTENT_ID = Pattern.compile("<[A-Za-z0-9!#$&'*+/=?^_`{|}~.@-]{1,200}>");

    private FilledContent filled = new FilledContent.None();
    private String fileName = "";
    private String disposition = "";
    private String contentId = "";
    private String description = "";

    FilledContent filled() {
        return filled;
    }

    /** The name as given; empty if there is none. */
    @Override
    public String getFileName() {
        return fileName;
    }

    /** {@code attachment}, {@code inline} or empty. */
    @Override
    public String getDisposition() {
        return disposition;
    }

    /** With its angle brackets; empty if there is none. */
    @Override
    public String getContentID() {
        return contentId;
    }

    /** As given; empty if there is none. */
    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public void setFileName(@Nullable String name) {
        fileName = name == null ? "" : name;
    }

    @Override
    public void setDescription(@Nullable String text) {
        setDescription(text, null);
    }

    @Override
    public void setDescription(@Nullable String text, @Nullable String charset) {
        description = text == null ? "" : text;
    }

    @Override
    public void setDisposition(@Nullable String value) {
        setHeader("Content-Disposition", value);
    }

    @Override
    public void setContentID(@Nullable String value) {
        setHeader("Content-ID", value);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        String given = value == null ? "" : value;
        if (name.equalsIgnoreCase("Content-Disposition")) {
            require(
                    given.isEmpty() || given.equals(ATTACHMENT) || given.equals(INLINE),
                    "a disposition has no parameters");
            disposition = given;
        } else if (name.equalsIgnoreCase("Content-ID")) {
            require(given.isEmpty() || CONTENT_ID.matcher(given).matches(), "a Content-ID is a word in angle brackets");
            contentId = given;
        } else if (name.equalsIgnoreCase("Content-Description")) {
            description = given;
        } else {
            throw new IllegalArgumentException("a field of a part that a converter can't set");
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        setHeader(name, value);
    }

    @Override
    public void addHeaderLine(String line) {
        int colon = line.indexOf(':');
        setHeader(
                colon < 0 ? "" : line.substring(0, colon),
                line.substring(colon + 1).strip());
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
    public void setDataHandler(DataHandler handler) {
        filled = new FilledContent.Data(handler.getDataSource());
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one body that a message in Exchange has.
 *
 * @param html whether the content is HTML
 * @param content clean text
 */
record MessageBody(boolean html, String content) {

    private static final Pattern REFERENCE = Pattern.compile("cid:([^\"'\\s<>)]{1,400})", Pattern.CASE_INSENSITIVE);

    /** HTML if there is any, else text, else a sentence that says where to find it. */
    static MessageBody of(@Nullable EmlParts parts, Set<MessageNote> notes, String originalName) {
        if (parts != null && parts.html() != null) {
            return new MessageBody(true, parts.html());
        }
        if (parts != null && parts.text() != null) {
            return new MessageBody(false, parts.text());
        }
        EmlParts.FilePart longText = parts == null ? null : parts.longText();
        if (longText != null) {
            return new MessageBody(
                    false,
                    "The text of this message is too long to be shown here. It is attached as " + longText.name()
                            + ".");
        }
        if (notes.contains(MessageNote.UNREADABLE)) {
            return new MessageBody(
                    false,
                    "This email could not be taken apart. It is attached as it came, byte for byte, as " + originalName
                            + ".");
        }
        return new MessageBody(false, "");
    }

    /** The Content-IDs that the body shows (RFC 2392). */
    Set<String> contentIds() {
        Set<String> ids = new HashSet<>();
        Matcher matcher = REFERENCE.matcher(html ? content : "");
        while (matcher.find()) {
            ids.add(matcher.group(1));
            ids.add(unescaped(matcher.group(1)));
        }
        return ids;
    }

    private static String unescaped(String id) {
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id; // a percent sign that is no escape
        }
    }

    /** Shows nothing of the text. */
    @Override
    public String toString() {
        return "MessageBody[" + (html ? "html, " : "text, ") + content.length() + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mailbox;

import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.ArchiveException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Where a Maildir++ store keeps mailboxes and folders. Whatever a name holds, it stays one name below the root. */
final class MaildirNames {

    private static final int MAX_NAME = 255;
    private static final String HEX = "0123456789ABCDEF";

    private MaildirNames() {}

    /**
     * {@code <domain>/<local part>/Maildir} in lower case; every byte (UTF-8) that isn't a letter, a digit or one of
     * {@code . _ + = -}, and a dot at the start, is written as {@code %XX}.
     */
    static String standardLayout(Mailbox mailbox) {
        String address = mailbox.primaryAddress();
        int at = address.lastIndexOf('@');
        if (at < 1 || at == address.length() - 1) {
            throw ArchiveException.hold("maildir: the mailbox has no address with a local part and a domain", null);
        }
        return escaped(address.substring(at + 1)) + "/" + escaped(address.substring(0, at)) + "/Maildir";
    }

    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : utf8(name.toLowerCase(Locale.ROOT))) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || "_+=-".indexOf(b) >= 0;
            if (plain || (b == '.' && !escaped.isEmpty())) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
        return checked(escaped.toString());
    }

    private static byte[] utf8(String name) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw ArchiveException.hold("maildir: the mailbox's address has half a character", e);
        }
    }

    /**
     * The Maildir++ name of a folder path: {@code Inbox} is the Maildir itself (the empty name), {@code Inbox/CellTrust} is
     * {@code .CellTrust}. Names are in modified UTF-7 (RFC 3501 section 5.1.3), in which a dot within a name, which would
     * separate two, is written as one of the characters that aren't plain.
     */
    static String folder(String path) {
        StringBuilder name = new StringBuilder();
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty()) {
                throw ArchiveException.hold("maildir: the folder path has an empty name", null);
            }
            if (i > 0 || !parts[i].equalsIgnoreCase("inbox")) {
                name.append('.').append(modifiedUtf7(parts[i]));
            }
        }
        return name.isEmpty() ? "" : checked(name.toString());
    }

    private static String modifiedUtf7(String text) {
        StringBuilder encoded = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                encoded.append(c == '&' ? "&-" : c);
                i++;
            } else {
                int end = i;
                while (end < text.length() && !isPlain(text.charAt(end))) {
                    end++;
                }
                byte[] utf16 = text.substring(i, end).getBytes(StandardCharsets.UTF_16BE);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
                encoded.append('&').append(base64.replace('/', ',')).append('-');
                i = end;
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c <= 0x7E && "./\\:".indexOf(c) < 0;
    }

    private static String checked(String name) {
        if (name.length() > MAX_NAME) {
            throw ArchiveException.hold("maildir: a name of a mailbox or folder is too long for the file system", null);
        }
        return name;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

/** Emails as a site may have made them. */
public final class SiteEmails {

    private SiteEmails() {}

    /** A plain one. */
    public static String plain(String id, String text) {
        return head(id) + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n";
    }

    /** One with a file beside its text. */
    public static String withAttachment(String id, String text) {
        return head(id) + """
                Content-Type: multipart/mixed; boundary=border

                --border
                Content-Type: text/plain; charset=utf-8

                %s
                --border
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="note.bin"
                Content-Transfer-Encoding: base64

                AAECAwQ=
                --border--
                """.formatted(text).replace("\n", "\r\n");
    }

    private static String head(String id) {
        return """
                From: Ann Lee <ann.lee@example.com>
                To: Bob Ray <bob.ray@example.com>
                X-CellTrust-Email: ann.lee@example.com
                X-CellTrust-Email: bob.ray@example.com
                X-CellTrust-Message-Id: %s
                X-CellTrust-Type: SMS
                Date: Fri, 20 Nov 2026 14:03:27 +0000
                Subject: SMS
                MIME-Version: 1.0
                """.formatted(id).replace("\n", "\r\n");
    }
}

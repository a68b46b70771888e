// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import java.nio.charset.StandardCharsets;

/** Emails as a site may put them into its folder. */
final class Emails {

    static final ConnectorProfile PROFILE = ConnectorProfile.cellTrust("merge1");

    private Emails() {}

    /** A plain one, told apart by its text. */
    static String email(String text) {
        return """
                Received: from gateway.example by merge1.example; Mon, 02 Mar 2026 09:15:31 -0500
                From: Ann Lee <ann.lee@bank.example>
                To: "Ray, Bob" <bob@customer.example>, "+12025550199" <12025550199@sms.celltrust.invalid>
                X-CellTrust-Email: ann.lee@bank.example
                X-CellTrust-Email: bob@customer.example
                X-CellTrust-Type: SMS
                X-CellTrust-Direction: outbound
                Date: Mon, 02 Mar 2026 09:15:30 -0500
                Message-ID: <1@merge1.example>
                Subject: SMS
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                %s
                """.formatted(text).replace("\n", "\r\n");
    }

    /** One with a picture beside its text. */
    static String withPicture(String text, String boundary) {
        return email("")
                .replace(
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Type: multipart/mixed; boundary=" + boundary)
                .stripTrailing()
                .concat("""


                        This is a multi-part message in MIME format.
                        --%1$s
                        Content-Type: text/plain; charset=utf-8
                        Content-Transfer-Encoding: quoted-printable

                        %2$s=20=
                        !
                        --%1$s
                        Content-Type: image/png; name="a.png"
                        Content-Disposition: attachment; filename="a.png"
                        Content-Transfer-Encoding: base64

                        AAEC
                        AwQ=
                        --%1$s--
                        """.formatted(boundary, text).replace("\n", "\r\n"));
    }

    static RawRecord record(String email) {
        return record(email.getBytes(StandardCharsets.UTF_8));
    }

    static RawRecord record(byte[] email) {
        return new RawRecord(Merge1EmlParser.MEDIA_TYPE, Content.of(email), "eml:1");
    }
}

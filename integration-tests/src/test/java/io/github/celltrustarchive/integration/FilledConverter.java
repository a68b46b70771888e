// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import io.github.celltrustarchive.integration.ReadEmail.Header;
import io.github.celltrustarchive.mail.JakartaMailConverter;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.SourceItem;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.List;

/** An author's converter that hands everything from the item to the mail library as it is. */
public final class FilledConverter extends JakartaMailConverter {

    public FilledConverter(ConnectorProfile profile) {
        super(profile);
    }

    @Override
    protected void fill(MimeMessage message, SourceItem item) throws MessagingException {
        message.setSubject("About " + item.sourceId());
        message.setHeader("X-Author", "by " + item.sourceId());
        MimeBodyPart plain = newBodyPart();
        plain.setText(item.text());
        MimeBodyPart html = newBodyPart();
        html.setText("<p>fixed</p>", "utf-8", "html");
        html.setDescription(item.text());
        message.setContent(new MimeMultipart("alternative", plain, html));
    }

    /** What becomes of the header of the default converter's email. */
    static List<Header> expected(List<Header> usual, SourceItem item) {
        List<Header> headers = new ArrayList<>();
        for (Header header : usual) {
            if (header.name().equals("MIME-Version")) {
                headers.add(new Header("X-Author", ExpectedEmail.clean("by " + item.sourceId(), 1000)));
            }
            boolean subject = header.name().equals("Subject");
            headers.add(
                    subject ? new Header("Subject", ExpectedEmail.clean("About " + item.sourceId(), 1000)) : header);
        }
        return headers;
    }
}

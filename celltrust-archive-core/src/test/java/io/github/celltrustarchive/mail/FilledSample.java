// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.SourceItem;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/** A converter as an author might write it, that puts whatever the item holds wherever the mail library takes it. */
final class FilledSample extends JakartaMailConverter {

    FilledSample(ConnectorProfile profile) {
        super(profile);
    }

    @Override
    protected void fill(MimeMessage message, SourceItem item) throws MessagingException {
        message.setSubject(item.kind() + " of " + item.sender().displayName());
        message.setHeader("X-Note", item.sourceId());
        MimeBodyPart plain = newBodyPart();
        plain.setText(item.text());
        MimeBodyPart html = newBodyPart();
        html.setText("<p>" + item.kind().length() + "</p>", "utf-16", "html");
        MimeBodyPart both = newBodyPart();
        both.setContent(new MimeMultipart("alternative", plain, html));
        MimeBodyPart card = newBodyPart();
        card.setContent(new byte[] {1, 2, 3}, "text/vcard");
        card.setFileName(item.sourceId() + ".vcf");
        card.setDescription(item.sender().displayName());
        message.setContent(new MimeMultipart("mixed", both, card));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.spi.RecordException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an {@code mms} says. Plain text is the message's text, everything else an attachment, but for
 * {@code application/smil}, which only says how a phone lays the others out: it stays in the raw record.
 */
record MmsParts(String text, List<Attachment> attachments) {

    private static final String SMIL = "application/smil";

    static MmsParts of(XmlElement mms) {
        List<String> texts = new ArrayList<>();
        List<Attachment> attachments = new ArrayList<>();
        for (XmlElement part : mms.listed("parts", "part").toList()) {
            String type =
                    part.get("ct") == null ? "" : String.valueOf(part.get("ct")).toLowerCase(Locale.ROOT);
            String text = part.raw("text");
            if (part.get("data") != null) {
                attachments.add(attachment(part, decoded(part)));
            } else if (type.equals("text/plain") && text != null) {
                texts.add(text);
            } else if (!type.equals(SMIL)) {
                attachments.add(attachment(part, textOf(part)));
            }
        }
        return new MmsParts(String.join("\n", texts), List.copyOf(attachments));
    }

    private static Attachment attachment(XmlElement part, Content content) {
        String type = part.get("ct");
        String name = Stream.of("cl", "fn", "name")
                .flatMap(attribute -> Stream.ofNullable(part.get(attribute)))
                .findFirst()
                .orElse("");
        return new Attachment(name, type == null ? "" : type, content);
    }

    private static Content decoded(XmlElement part) {
        try {
            String data =
                    String.valueOf(part.get("data")).replaceAll("[ \t\r\n]", ""); // Android's encoder breaks lines
            return Content.of(Base64.getDecoder().decode(data));
        } catch (IllegalArgumentException e) {
            throw new RecordException("part.data isn't base64"); // its message may quote
        }
    }

    /** A contact card, say. Without text the backup was made without pictures, and an archive mustn't be. */
    private static Content textOf(XmlElement part) {
        String text = part.get("text");
        if (text == null) {
            throw new RecordException("part.data is missing: was the backup made without attachments?");
        }
        return Content.ofUtf8(text);
    }
}

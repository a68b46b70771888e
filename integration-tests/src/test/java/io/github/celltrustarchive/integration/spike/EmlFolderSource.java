// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.spike;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** A pass-through source on paper: a folder of EML files, each of which is to be delivered as it is. */
final class EmlFolderSource implements SourceAdapter {

    private final Path folder;
    private final Session session = Session.getInstance(new Properties());

    EmlFolderSource(Path folder) {
        this.folder = folder;
    }

    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException {
        List<RawRecord> records = new ArrayList<>();
        Checkpoint next = after;
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.compareTo(after.value()) > 0 && records.size() < maxRecords) {
                records.add(new RawRecord("message/rfc822", Content.of(file), name));
                next = new Checkpoint(name);
            }
        }
        return SourcePage.of(records, next, records.size() == maxRecords);
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        try (InputStream eml = record.bytes().open()) {
            MimeMessage mail = new MimeMessage(session, eml);
            String messageId = mail.getMessageID();
            if (mail.getSentDate() == null) {
                throw new RecordException("Date is missing or no date of RFC 5322");
            }
            SourceItem.Builder item = SourceItem.builder(
                            messageId == null ? record.locator() : messageId,
                            "EMAIL",
                            mail.getSentDate().toInstant())
                    .sender(sender(mail))
                    .property("raw-sha256", DigestedContent.of(record.bytes()).sha256());
            for (Participant recipient : recipients(mail)) {
                item.recipient(recipient);
            }
            return item.build();
        } catch (MessagingException e) { // its message quotes addresses
            throw new RecordException("an address field can't be read");
        }
    }

    private static Participant sender(MimeMessage mail) throws MessagingException {
        List<Participant> from = participants(mail, "From", ParticipantRole.FROM);
        if (from.size() != 1) {
            throw new RecordException("From must hold one address");
        }
        return from.get(0);
    }

    private static List<Participant> recipients(MimeMessage mail) throws MessagingException {
        List<Participant> all =
                new ArrayList<>(participants(mail, Message.RecipientType.TO.toString(), ParticipantRole.TO));
        all.addAll(participants(mail, Message.RecipientType.CC.toString(), ParticipantRole.CC));
        all.addAll(participants(mail, Message.RecipientType.BCC.toString(), ParticipantRole.BCC));
        return all;
    }

    private static List<Participant> participants(MimeMessage mail, String field, ParticipantRole role)
            throws MessagingException, AddressException {
        List<Participant> participants = new ArrayList<>();
        String header = mail.getHeader(field, ",");
        if (header != null) {
            for (InternetAddress address : InternetAddress.parseHeader(header, true)) {
                participants.add(new Participant(role, address.getPersonal(), null, address.getAddress(), false));
            }
        }
        return participants;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.spike;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sink with the manners of Microsoft Graph: it wants structured fields instead of MIME, makes the message with one call and
 * each attachment with another, and has no create-if-absent.
 */
final class TwoCallSink implements MailboxSink {

    /** What the remote side can be told to do with its next calls. */
    enum Fault {
        NONE,
        ANSWER_OF_CREATE_LOST,
        ATTACH_REFUSED,
        ANSWER_OF_ATTACH_LOST,
        CREATE_REFUSED
    }

    /** A message as the remote side keeps it. */
    static final class Stored {
        final String archiveKey;
        final String subject;
        final String body;
        final int expectedAttachments;
        final Map<String, byte[]> attachments = new TreeMap<>();

        Stored(String archiveKey, String subject, String body, int expectedAttachments) {
            this.archiveKey = archiveKey;
            this.subject = subject;
            this.body = body;
            this.expectedAttachments = expectedAttachments;
        }
    }

    final Map<String, Map<String, Stored>> mailboxes = new ConcurrentHashMap<>();
    final List<Fault> script = new ArrayList<>();
    private int nextId;

    @Override
    public SinkTraits traits() {
        return SinkTraits.DEFAULTS.withSettleTime(Duration.ofSeconds(60));
    }

    @Override
    public Receipt deliver(Delivery delivery) throws IOException {
        MimeMessage eml = parse(delivery);
        try {
            String id = delivery.incompleteReference() != null ? delivery.incompleteReference() : create(delivery, eml);
            attachAll(delivery, id, eml);
            return Receipt.imported(delivery.envelope(), id);
        } catch (MessagingException e) {
            throw ArchiveException.hold("the EML can't be read", e);
        }
    }

    @Override
    public Lookup find(Delivery delivery) {
        List<String> ids = new ArrayList<>();
        box(delivery).forEach((id, stored) -> {
            if (stored.archiveKey.equals(delivery.envelope().key().hex())) {
                ids.add(id);
            }
        });
        if (ids.isEmpty()) {
            return Lookup.absent();
        }
        if (ids.size() > 1) {
            return Lookup.several(ids);
        }
        Stored stored = box(delivery).get(ids.get(0));
        return stored.attachments.size() == stored.expectedAttachments
                ? Lookup.found(Receipt.imported(delivery.envelope(), ids.get(0)))
                : Lookup.incomplete(ids.get(0));
    }

    private String create(Delivery delivery, MimeMessage eml) throws IOException, MessagingException {
        Fault fault = script.isEmpty() ? Fault.NONE : script.remove(0);
        if (fault == Fault.CREATE_REFUSED) {
            throw ArchiveException.retry("503 before the body was read", null);
        }
        String id = "id-" + ++nextId;
        box(delivery)
                .put(
                        id,
                        new Stored(
                                delivery.envelope().key().hex(),
                                eml.getSubject(),
                                firstText(eml),
                                attachments(eml).size()));
        if (fault == Fault.ANSWER_OF_CREATE_LOST) {
            throw new InterruptedIOException("no answer");
        }
        return id;
    }

    private void attachAll(Delivery delivery, String id, MimeMessage eml) throws IOException, MessagingException {
        Stored stored = box(delivery).get(id);
        for (BodyPart part : attachments(eml)) {
            if (stored.attachments.containsKey(part.getFileName())) {
                continue;
            }
            Fault fault = script.isEmpty() ? Fault.NONE : script.remove(0);
            if (fault == Fault.ATTACH_REFUSED) {
                throw new IncompleteDeliveryException(id, ArchiveException.Remedy.RETRY, "404 for an attachment", null);
            }
            try (InputStream in = part.getInputStream()) {
                stored.attachments.put(part.getFileName(), in.readAllBytes());
            }
            if (fault == Fault.ANSWER_OF_ATTACH_LOST) {
                throw new InterruptedIOException("no answer");
            }
        }
    }

    private Map<String, Stored> box(Delivery delivery) {
        return mailboxes.computeIfAbsent(delivery.mailbox().id(), id -> new TreeMap<>());
    }

    private static MimeMessage parse(Delivery delivery) throws IOException {
        try (InputStream in = delivery.eml().open()) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        } catch (MessagingException e) {
            throw ArchiveException.hold("the EML can't be read", e);
        }
    }

    private static String firstText(Part part) throws IOException, MessagingException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart multipart) {
            return firstText(multipart.getBodyPart(0));
        }
        return "";
    }

    private static List<BodyPart> attachments(MimeMessage eml) throws IOException, MessagingException {
        List<BodyPart> found = new ArrayList<>();
        if (eml.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart part = multipart.getBodyPart(i);
                if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
                    found.add(part);
                }
            }
        }
        return found;
    }
}

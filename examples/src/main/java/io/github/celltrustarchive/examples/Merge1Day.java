// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.testkit.SampleDays;
import io.github.celltrustarchive.testkit.SampleRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first hop: a day of a firm's messages, made into emails as a Merge1 site makes them. The Email property names everybody's
 * address, also of people who are known by a number, but not those of a few strangers. The same on every machine.
 */
final class Merge1Day {

    private static final long SEED = 29;
    private static final int PEOPLE = 12;

    private static final String CARRIER = "@carrier.example"; // outsiders have an address, too: Email names everybody's

    /** The firm's domain. */
    static final String DOMAIN = "bank.example";

    private final ConnectorProfile profile;
    private final EmlMessageConverter converter;

    Merge1Day(ConnectorProfile profile) {
        this.profile = profile;
        this.converter = new EmlMessageConverter(profile);
    }

    /** The emails in the order in which the site stored them, awkward ones last. */
    List<String> emails() throws IOException {
        SampleDays day = SampleDays.builder(SEED)
                .people(PEOPLE)
                .days(1)
                .brokenPerThousand(0) // no email could be made of such records
                .build();
        CsvUserMapper users = users(day);
        List<String> emails = new ArrayList<>();
        for (SampleRecord record : day.records().toList()) {
            SourceItem item = record.item();
            if (item != null) {
                emails.add(email(withAddresses(item, users), record));
            }
        }
        emails.addAll(awkward(emails.get(0)));
        return emails;
    }

    private static CsvUserMapper users(SampleDays day) throws IOException {
        Path table = Files.createTempFile("celltrust-archive-users", ".csv");
        try {
            Files.writeString(table, day.userTable());
            return CsvUserMapper.load(table);
        } finally {
            Files.delete(table);
        }
    }

    private static SourceItem withAddresses(SourceItem item, CsvUserMapper users) {
        return new SourceItem(
                item.sourceId(),
                item.kind(),
                item.direction(),
                item.sentAt(),
                item.receivedAt(),
                item.deliveredAt(),
                item.readAt(),
                item.conversationId(),
                item.relatedId(),
                withAddress(item.sender(), item, users),
                item.recipients().stream()
                        .map(recipient -> withAddress(recipient, item, users))
                        .toList(),
                item.text(),
                item.attachments(),
                item.properties());
    }

    private static Participant withAddress(Participant person, SourceItem item, CsvUserMapper users) {
        if (person.email() != null) {
            return person;
        }
        if (users.map(person, item.sentAt()) instanceof Mapping.Mapped mapped) {
            return withAddress(person, mapped.mailbox().primaryAddress());
        }
        return person.external() ? withAddress(person, person.phone() + CARRIER) : person;
    }

    private static Participant withAddress(Participant person, String address) {
        return new Participant(person.role(), person.displayName(), person.phone(), address, person.external());
    }

    private String email(SourceItem item, SampleRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        converter
                .convert(item, ItemKey.of(profile.name(), item), record.raw())
                .eml()
                .writeTo(bytes);
        return bytes.toString(StandardCharsets.ISO_8859_1)
                .replaceFirst(profile.headerPrefix() + "-Archive-Key: [^\r]*\r\n", ""); // no site knows of our keys
    }

    /** What mail software stumbles over, and two emails that no archive can place. */
    private static List<String> awkward(String first) {
        String head = """
                From: Ann Bell <ann.bell@bank.example>
                To: Bob Ray <bob.ray@customer.example>
                Date: Mon, 02 Mar 2026 17:05:00 -0500
                Message-ID: <shared@merge1.example>
                Subject: SMS
                MIME-Version: 1.0
                """.replace("\n", "\r\n");
        String multipart = "Content-Type: multipart/mixed; boundary=never\r\n\r\n";
        return List.of(
                "Received: from a by b; Mon, 02 Mar 2026 23:00:00 +0000\r\n" + first, // stored again
                head + "\r\nOne Message-ID\r\n",
                head + "\r\nand another message\r\n",
                head + "Content-Type: text/plain; charset=utf-8\r\n\r\nLatin-1 that is called UTF-8: \u00e9\r\n",
                head + multipart + "A boundary that never comes\r\n",
                (head + "\r\nLine feeds alone\r\n").replace("\r\n", "\n"),
                head + "Content-Transfer-Encoding: base64\r\n\r\n$ no base64 $\r\n",
                head.replaceFirst("Date: [^\r]*\r\n", "") + "\r\nNobody knows when\r\n", // held
                "Date: Mon, 02 Mar 2026 17:05:00 -0500\r\n\r\nNobody knows who\r\n"); // held
    }
}

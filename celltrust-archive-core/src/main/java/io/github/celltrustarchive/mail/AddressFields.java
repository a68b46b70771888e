// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SourceItem;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The header fields that say who took part. */
final class AddressFields {

    private final SourceItem item;
    private final ConnectorProfile profile;
    private final Set<Note> notes;

    AddressFields(SourceItem item, ConnectorProfile profile, Set<Note> notes) {
        this.item = item;
        this.profile = profile;
        this.notes = notes;
    }

    /**
     * {@code From}, {@code To}, {@code Cc} and {@code Bcc}. Bcc stays: the email is evidence of who got the message, and is
     * never sent.
     */
    void writeTo(HeaderFields header) {
        header.addresses("From", List.of(address(item.sender())));
        header.addresses("To", recipients(ParticipantRole.TO));
        header.addresses("Cc", recipients(ParticipantRole.CC));
        header.addresses("Bcc", recipients(ParticipantRole.BCC));
    }

    /** The Email property of all, and the numbers, in one field each: an indexer may take only the first of a name. */
    void writeLists(HeaderFields header) {
        list(
                header,
                "Email",
                item.participants().stream()
                        .map(Address::validEmail)
                        .filter(Objects::nonNull)
                        .toList());
        String sender = Address.given(item.sender().phone());
        if (!sender.isEmpty()) {
            header.text(profile.headerPrefix() + "-Sender-Number", sender);
        }
        list(
                header,
                "Recipient-Numbers",
                item.recipients().stream()
                        .map(Address::listedNumber)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private List<Address> recipients(ParticipantRole role) {
        return item.recipients().stream()
                .filter(recipient -> recipient.role() == role)
                .map(this::address)
                .toList();
    }

    private Address address(Participant participant) {
        return Address.of(participant, profile.domain(), notes);
    }

    private void list(HeaderFields header, String name, List<String> values) {
        if (!values.isEmpty()) {
            header.list(profile.headerPrefix() + "-" + name, values);
        }
    }
}

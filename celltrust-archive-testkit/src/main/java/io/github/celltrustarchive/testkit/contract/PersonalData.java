// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must not show up in logs: texts, names, numbers and addresses. */
record PersonalData(Set<String> values) {

    /** Shorter values turn up by chance. */
    private static final int SHORTEST = 4;

    static PersonalData of(Collection<SourceItem> items) {
        return of(items.stream()
                .flatMap(item -> Stream.concat(
                        Arrays.stream(item.text().split("\\R", -1)),
                        item.participants().stream().flatMap(PersonalData::of))));
    }

    /** Of an item and of the mailbox that it goes to. */
    static PersonalData of(SourceItem item, Mailbox mailbox) {
        String address = mailbox.primaryAddress();
        Stream<String> owner = Stream.of(address, address.substring(0, Math.max(0, address.lastIndexOf('@'))));
        return of(Stream.concat(of(List.of(item)).values().stream(), owner));
    }

    static PersonalData ofParticipant(Participant participant) {
        return of(of(participant));
    }

    /** Fails if a text holds one of the values; the failure doesn't quote it. */
    void assertNotIn(Collection<String> texts, String where) {
        for (String text : texts) {
            for (String value : values) {
                if (text.contains(value)) {
                    fail(where + " shows a text, name, number or address of " + value.length() + " characters");
                }
            }
        }
    }

    private static PersonalData of(Stream<String> values) {
        return new PersonalData(
                values.filter(value -> value.strip().length() >= SHORTEST).collect(Collectors.toUnmodifiableSet()));
    }

    private static Stream<String> of(Participant participant) {
        return Stream.of(participant.displayName(), participant.phone(), participant.email())
                .filter(Objects::nonNull);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

/**
 * What must come out of a sample export if its {@code users.csv} comes first and addresses in
 * {@link SampleData#OWNED_DOMAINS} second. Counted while the export is made up, without any code of the library.
 *
 * @param records lines with something in them: {@code replays + malformed + items()}
 * @param replays records that say the same as an earlier one
 * @param revisions records that have the id of an earlier one and say something else; items of their own
 * @param malformed records that can't be parsed
 * @param mailboxes different mailboxes that get at least one message
 * @param unmappedUsers different people who ought to have a mailbox but have none
 * @param deliveries pairs of item and mailbox
 */
public record SampleExpectation(
        int records, int replays, int revisions, int malformed, int mailboxes, int unmappedUsers, int deliveries) {

    /** Messages to be archived, each in all its mailboxes. */
    public int items() {
        return records - replays - malformed;
    }
}

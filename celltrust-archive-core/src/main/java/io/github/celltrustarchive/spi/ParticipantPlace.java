// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

/**
 * Names a participant.
 *
 * @param item the ledger's own number of the item
 * @param participant its position in the envelope
 */
public record ParticipantPlace(long item, int participant) {}

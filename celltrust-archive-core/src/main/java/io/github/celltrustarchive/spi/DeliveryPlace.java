// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

/**
 * Names a delivery.
 *
 * @param item the ledger's own number of the item
 * @param mailbox the ledger's own number of the mailbox and folder
 */
public record DeliveryPlace(long item, long mailbox) {}

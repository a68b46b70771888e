// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Delivery;
import java.io.IOException;

/** Reads a single delivery's outcome from what {@code deliver} returns or throws: the one place for that rule. */
final class Outcomes {

    private Outcomes() {}

    static DeliveryOutcome of(MailboxSink sink, Delivery delivery) throws InterruptedException {
        try {
            return DeliveryOutcome.delivered(sink.deliver(delivery));
        } catch (ArchiveException e) {
            return DeliveryOutcome.notWritten(e);
        } catch (IncompleteDeliveryException e) {
            return DeliveryOutcome.incomplete(e);
        } catch (IOException | RuntimeException e) {
            return DeliveryOutcome.unknown(e);
        }
    }
}

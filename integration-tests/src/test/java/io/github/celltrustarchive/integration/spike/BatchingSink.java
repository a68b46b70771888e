// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.spike;

import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sink with the manners of IMAP with MULTIAPPEND: one command stores a batch or nothing, its answer names the UIDs, and a
 * lost answer leaves the whole batch in doubt. Messages are found by their Message-ID header.
 */
final class BatchingSink implements MailboxSink {

    final Map<String, List<String>> mailboxes = new ConcurrentHashMap<>();
    final List<Integer> batchSizes = new ArrayList<>();
    boolean loseNextAnswer;
    boolean dropNextCommand;

    @Override
    public SinkTraits traits() {
        return SinkTraits.DEFAULTS.withBatchSize(10).withSettleTime(Duration.ofSeconds(5));
    }

    @Override
    public Receipt deliver(Delivery delivery) {
        throw new AssertionError("a sink with batches is always given a batch");
    }

    @Override
    public List<DeliveryOutcome> deliverAll(List<Delivery> oneMailbox) {
        batchSizes.add(oneMailbox.size());
        List<String> folder = folder(oneMailbox.get(0));
        List<DeliveryOutcome> outcomes = new ArrayList<>();
        boolean drop = dropNextCommand;
        boolean lose = loseNextAnswer;
        dropNextCommand = false;
        loseNextAnswer = false;
        for (Delivery delivery : oneMailbox) {
            if (!drop) {
                folder.add(text(delivery));
            }
            outcomes.add(
                    drop || lose
                            ? DeliveryOutcome.unknown(new IOException("connection lost"))
                            : DeliveryOutcome.delivered(Receipt.imported(delivery.envelope(), "1/" + folder.size())));
        }
        return outcomes;
    }

    @Override
    public Lookup find(Delivery delivery) {
        String header = "Message-ID: " + delivery.envelope().messageId() + "\r\n";
        List<String> uids = new ArrayList<>();
        List<String> folder = folder(delivery);
        for (int i = 0; i < folder.size(); i++) {
            if (folder.get(i).contains(header)) {
                uids.add("1/" + (i + 1));
            }
        }
        if (uids.isEmpty()) {
            return Lookup.absent();
        }
        return uids.size() > 1
                ? Lookup.several(uids)
                : Lookup.found(Receipt.imported(delivery.envelope(), uids.get(0)));
    }

    private List<String> folder(Delivery delivery) {
        return mailboxes.computeIfAbsent(delivery.mailbox().id() + "/" + delivery.folder(), f -> new ArrayList<>());
    }

    private static String text(Delivery delivery) {
        try (InputStream in = delivery.eml().open()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ArchiveListener.Delivered;
import io.github.celltrustarchive.spi.ArchiveListener.ItemMapped;
import io.github.celltrustarchive.spi.ArchiveListener.PageCollected;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private static final ItemKey ITEM = new ItemKey("a".repeat(64));
    private static final DeliveryKey DELIVERY = new DeliveryKey("d".repeat(64));

    private final StringWriter screen = new StringWriter();

    @Test
    void aTerminalShowsABarThatIsReplacedByASentence() {
        run(new ProgressBar(new PrintWriter(screen), true));

        assertThat(screen.toString())
                .contains("\r[" + " ".repeat(30) + "] 0% of 2 records")
                .contains("\r[" + "#".repeat(15) + " ".repeat(15) + "] 50% of 2 records")
                .endsWith(" \r2 records read, 1 messages delivered" + System.lineSeparator());
    }

    @Test
    void elsewhereThereIsOnlyTheSentence() {
        run(new ProgressBar(new PrintWriter(screen), false));

        assertThat(screen).hasToString("2 records read, 1 messages delivered" + System.lineSeparator());
    }

    private static void run(ProgressBar progress) {
        progress.onPageCollected(new PageCollected(1, 2, 0, 0));
        progress.onItemMapped(new ItemMapped(1, ITEM, 2, 0, 0));
        progress.onDelivered(new Delivered(1, DELIVERY, ITEM, new Receipt(Receipt.Status.IMPORTED, "ref")));
        progress.end();
    }
}

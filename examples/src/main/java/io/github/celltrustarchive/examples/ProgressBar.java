// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.spi.ArchiveListener;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Shows on a terminal how far a run is; elsewhere it says one line at the end. May be told by several threads. */
final class ProgressBar implements ArchiveListener {

    private static final int WIDTH = 30;

    private final PrintWriter screen;
    private final boolean terminal;
    private long records;
    private long expected;
    private long delivered;
    private String shown = "";

    ProgressBar(PrintWriter screen, boolean terminal) {
        this.screen = screen;
        this.terminal = terminal;
    }

    static ProgressBar on(PrintWriter screen) {
        return new ProgressBar(screen, Ansi.AUTO.enabled());
    }

    @Override
    public synchronized void onPageCollected(PageCollected event) {
        records += event.records();
        show();
    }

    @Override
    public synchronized void onItemMapped(ItemMapped event) {
        expected += event.mapped();
        show();
    }

    @Override
    public synchronized void onDelivered(Delivered event) {
        delivered++;
        show();
    }

    /** Leaves one line that says what was done. */
    synchronized void end() {
        if (terminal && !shown.isEmpty()) {
            screen.print("\r" + " ".repeat(shown.length()) + "\r");
        }
        screen.println(records + " records read, " + delivered + " messages delivered");
        screen.flush();
    }

    private void show() {
        long percent = expected == 0 ? 0 : Math.min(100, delivered * 100 / expected);
        int filled = (int) (percent * WIDTH / 100);
        String bar =
                "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + percent + "% of " + records + " records";
        if (terminal && !bar.equals(shown)) {
            screen.print("\r" + bar);
            screen.flush();
            shown = bar;
        }
    }
}

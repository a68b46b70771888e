// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import io.github.celltrustarchive.spi.ArchiveListener;

/** Fails at every event. */
final class ThrowingListener implements ArchiveListener {

    @Override
    public void onRunStarted(RunStarted event) {
        throw new IllegalStateException("listener");
    }

    @Override
    public void onPageCollected(PageCollected event) {
        throw new IllegalStateException("listener");
    }

    @Override
    public void onItemMapped(ItemMapped event) {
        throw new IllegalStateException("listener");
    }

    @Override
    public void onDelivered(Delivered event) {
        throw new IllegalStateException("listener");
    }

    @Override
    public void onRunFinished(RunFinished event) {
        throw new IllegalStateException("listener");
    }
}

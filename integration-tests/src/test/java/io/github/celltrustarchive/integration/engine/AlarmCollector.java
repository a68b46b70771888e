// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import io.github.celltrustarchive.spi.ArchiveListener;
import java.util.List;

/** Keeps what alarms say. */
record AlarmCollector(List<String> alarms) implements ArchiveListener {

    @Override
    public void onAlarm(Alarm event) {
        alarms.add(event.what());
    }
}

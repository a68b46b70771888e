// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names this process for people who find something in use by it. */
public final class ThisProcess {

    private ThisProcess() {}

    /** Such as {@code process 4711 on archive-1}. In containers, where process ids are alike, the host tells them apart. */
    public static String name() {
        return "process " + ProcessHandle.current().pid() + " on " + host();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }
}

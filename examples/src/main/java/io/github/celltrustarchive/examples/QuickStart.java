// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

/** The smallest host. */
public final class QuickStart {
    private QuickStart() {}

    /** Prints a line. */
    public static void main(String[] args) {
        System.out.println("celltrust-archive quick start");
    }
}

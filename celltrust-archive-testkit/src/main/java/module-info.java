// SPDX-License-Identifier: Apache-2.0
/** Contract tests for every SPI, fakes, fault injection and sample data. */
module io.github.celltrustarchive.testkit {
    exports io.github.celltrustarchive.testkit;
    exports io.github.celltrustarchive.testkit.contract;

    requires static transitive org.jspecify;
    requires transitive io.github.celltrustarchive.core;
    requires transitive org.junit.jupiter.api;
}

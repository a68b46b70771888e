// SPDX-License-Identifier: Apache-2.0
/** Contract tests for every SPI, fakes, fault injection and sample data. */
module io.github.celltrustarchive.testkit {
    exports io.github.celltrustarchive.testkit;
    exports io.github.celltrustarchive.testkit.contract;
    exports io.github.celltrustarchive.testkit.graph;
    exports io.github.celltrustarchive.testkit.merge1;

    requires static transitive org.jspecify;
    requires transitive io.github.celltrustarchive.core;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive java.net.http;
    requires transitive org.junit.jupiter.api;
    requires jdk.httpserver;
}

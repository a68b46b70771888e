// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.testkit.LoopbackTls;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A world of its own for each test of the sink, in which nothing may happen that a real Graph would wonder at. */
abstract class SinkFixture {

    @TempDir
    static Path folder;

    static LoopbackTls tls;

    SinkWorld world;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @BeforeEach
    void startWorld() throws Exception {
        world = new SinkWorld(tls, folder);
    }

    @AfterEach
    void stopWorld() {
        world.close();
        assertThat(world.problems()).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.malformed;
import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchivePipelineBuilder;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.SkipLimit;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveException.Remedy;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.MessageConverter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an input that has changed its shape stops collecting before everything in it is held. */
class SkipLimitTest {

    private final ScriptedSink sink = new ScriptedSink();

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() {
        world = new EngineFixture(folder);
    }

    private void good(int count) {
        for (int i = 0; i < count; i++) {
            world.records(sms("m-" + world.records.size(), "hello", "ann", "zoe@elsewhere.example"));
        }
    }

    private void bad(int count) {
        for (int i = 0; i < count; i++) {
            world.records(malformed("export:" + (world.records.size() + 1)));
        }
    }

    private ArchivePipelineBuilder pipeline() {
        return world.pipeline(sink).pageSize(100);
    }

    private void collect(ArchivePipelineBuilder builder) throws InterruptedException {
        try (ArchivePipeline pipeline = builder.build()) {
            pipeline.collect();
        }
    }

    @Test
    @DisplayName("fault 29: more bad records than the limit stop the run before the checkpoint moves")
    void tooManyBadRecordsStopTheRunBeforeTheCheckpointMoves() throws Exception {
        good(100);
        bad(21);

        assertThatThrownBy(() -> collect(pipeline()))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP))
                .hasMessageContaining("21 of 21 new records")
                .hasMessageContaining("export:101, export:102")
                .hasMessageContaining("and 11 more places")
                .hasMessageContaining("raise the skip limit")
                .hasMessageNotContaining("kind");

        assertThat(world.checkpoint()).isEqualTo(new Checkpoint("100"));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(100, 0, 100, 0, 0, 0));
        assertThat(world.stager.names()).hasSize(1);
    }

    @Test
    @DisplayName("a restart meets the same limit; a raised one lets it go on, and nothing is lost or twice")
    void raisedLimitLetsItGoOn() throws Exception {
        good(5);
        bad(50);
        assertThatThrownBy(() -> collect(pipeline())).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> collect(pipeline())).isInstanceOf(ArchiveException.class);

        collect(pipeline().skipLimit(SkipLimit.NONE));

        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(55, 0, 5, 50, 0, 0));
        assertThat(world.checkpoint()).isEqualTo(new Checkpoint("55"));
    }

    @ParameterizedTest(name = "{0} bad after {1} good, at most {2} records and {3} percent")
    @CsvSource({"1, 0, 20, 10", "20, 0, 20, 10", "10, 90, 0, 10", "3, 0, 0, 100", "0, 5, 0, 0"})
    void whatIsWithinOneOfTheLimitsIsHeld(int bad, int good, int records, int percent) throws Exception {
        good(good);
        bad(bad);

        collect(pipeline().skipLimit(new SkipLimit(records, percent)));

        assertThat(world.verifiedTotals().held()).isEqualTo(bad);
    }

    @Test
    @DisplayName("small pages don't hide it: all that the run has read counts too")
    void smallPagesDoNotHideIt() throws Exception {
        bad(40);

        assertThatThrownBy(() -> collect(pipeline().pageSize(7)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("7 of 7 new records of this page (with the pages before it 21 of 21)");

        assertThat(world.verifiedTotals().held()).isEqualTo(14);
    }

    @Test
    @DisplayName("what was held before and is listed again isn't counted again")
    void replaysDoNotCount() throws Exception {
        bad(20);
        collect(pipeline());
        world.records.addAll(List.copyOf(world.records));
        bad(1);

        collect(pipeline());

        assertThat(world.verifiedTotals().held()).isEqualTo(21);
    }

    @Test
    @DisplayName("messages that turn out to be unwritable only when they are written count too, and leave no trace")
    void unwritableMessagesCountToo() throws Exception {
        good(30);
        MessageConverter broken = (item, key, raw) -> {
            var sound = new EmlMessageConverter(EngineFixture.PROFILE).convert(item, key, raw);
            return new ConvertedMessage(sound.envelope(), out -> {
                throw new IllegalStateException();
            });
        };

        assertThatThrownBy(() -> collect(pipeline().converter(broken))).isInstanceOf(ArchiveException.class);
        assertThat(world.checkpoint()).isEqualTo(Checkpoint.START);
        collect(pipeline());

        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(30, 0, 30, 0, 0, 0));
        assertThat(world.stager.names()).hasSize(1); // the pack that was never recorded is swept
    }
}

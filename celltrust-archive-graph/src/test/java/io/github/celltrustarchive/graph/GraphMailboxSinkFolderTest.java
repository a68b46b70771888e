// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.SinkWorld.ANN;
import static io.github.celltrustarchive.graph.SinkWorld.FOLDER;
import static io.github.celltrustarchive.graph.SinkWorld.delivery;
import static io.github.celltrustarchive.graph.SinkWorld.inFolder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphFault.Kind;
import io.github.celltrustarchive.testkit.graph.SimulatedFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folder messages go into, whatever its owner does with it and however many look for it at once. */
class GraphMailboxSinkFolderTest extends SinkFixture {

    private static final String MAKE = ".*/childFolders";
    private static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(11);

    @Test
    void aFolderThatIsThereInOtherLettersIsUsed() throws Exception {
        world.sink().deliver(inFolder(delivery("m1"), "Inbox/CELLTRUST"));

        world.sink().deliver(delivery("m2"));

        assertThat(folders()).containsExactly("CELLTRUST");
        assertThat(world.mailbox.messages(FOLDER)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Inbox",
                "inbox/CellTrust",
                "Inbox/Compliance/CellTrust/2026",
                "Compliance/CellTrust",
                "Inbox/O'Brien & Söhne? #1 100%+",
                "Inbox/ CellTrust "
            })
    void foldersOfEveryPathAreMadeOnceAndFoundByTheNext(String path) throws Exception {
        world.sink().deliver(inFolder(delivery("m1"), path));
        int folders = world.mailbox.folders().size();

        world.sink().deliver(inFolder(delivery("m2"), path));

        assertThat(world.mailbox.folders()).hasSize(folders);
        assertThat(world.mailbox.messages(path)).hasSize(2);
    }

    @Test
    void manyProcessesThatDeliverForTheFirstTimeAtOnceMakeOneFolder() throws Exception {
        int processes = 4;
        CyclicBarrier start = new CyclicBarrier(processes);
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        List<Future<?>> deliveries = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            String id = "m" + i;
            GraphMailboxSink sink = world.sink();
            deliveries.add(threads.submit(() -> {
                start.await();
                return sink.deliver(delivery(id));
            }));
        }
        for (Future<?> each : deliveries) {
            each.get();
        }
        threads.shutdown();

        assertThat(folders()).containsExactly("CellTrust");
        assertThat(world.mailbox.messages(FOLDER)).hasSize(processes);
        assertThat(world.graph.throttled()).isZero();
    }

    @Test
    void aFolderThatSomebodyElseMakesInBetweenIsUsed() throws Exception {
        SinkWorld other = world;
        boolean[] made = new boolean[1];
        world.graph.faults(request -> {
            if (request.method().equals("POST") && request.path().matches(MAKE) && !made[0]) {
                made[0] = true;
                try {
                    other.sink().deliver(delivery("m0"));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return GraphFault.NONE;
        });

        world.sink().deliver(delivery("m1"));

        assertThat(folders()).containsExactly("CellTrust");
        assertThat(world.mailbox.messages(FOLDER)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_THEN_504", "DONE_THEN_CLOSED", "UNAVAILABLE", "EMPTY_SUCCESS"})
    void aFolderWhoseAnswerIsLostIsLookedForBeforeItIsMadeAgain(Kind fault) throws Exception {
        world.fail("POST", MAKE, fault);

        world.sink().deliver(delivery("m1"));

        assertThat(folders()).containsExactly("CellTrust");
        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);
    }

    @Test
    void aFolderThatCantBeMadeNowIsTriedLaterAndNothingWasWritten() {
        world.fail("POST", MAKE, Kind.UNAVAILABLE, Kind.UNAVAILABLE, Kind.UNAVAILABLE);

        Throwable thrown = catchThrowable(() -> world.sink().deliver(delivery("m1")));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.RETRY));
        assertThat(world.mailbox.messages()).isEmpty();
    }

    @Test
    void aRenamedFolderGoesOnBeingTheArchivesForThisProcessAndForTheNext() throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(delivery("m1"));
        world.mailbox.rename(world.folder("CellTrust").id(), "My texts");

        sink.deliver(delivery("m2"));
        world.clock.advance(LOOKED_AT_AGAIN);
        sink.deliver(delivery("m3"));
        world.sink().deliver(delivery("m4"));

        assertThat(folders()).containsExactly("My texts");
        assertThat(world.mailbox.messages("Inbox/My texts")).hasSize(4);
        assertThat(world.sink().find(delivery("m1"))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void aFolderThatWasMovedToTheTopGoesOnBeingTheArchivesForThisProcessAndForTheNext() throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(delivery("m1"));
        world.mailbox.move(world.folder("CellTrust").id(), "root");
        world.clock.advance(LOOKED_AT_AGAIN);

        sink.deliver(delivery("m2"));
        world.sink().deliver(delivery("m3"));

        assertThat(folders()).containsExactly("CellTrust");
        assertThat(world.mailbox.messages("CellTrust")).hasSize(3);
    }

    @Test
    void aFolderThatWasMovedAnywhereVisibleGoesOnBeingTheArchivesForThisProcess() throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(delivery("m1"));
        world.mailbox.move(world.folder("CellTrust").id(), "f-archive");
        world.clock.advance(LOOKED_AT_AGAIN);

        sink.deliver(delivery("m2"));

        assertThat(folders()).containsExactly("CellTrust");
        assertThat(world.mailbox.messages("archive/CellTrust")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f-deleteditems", "below deleted items", "nowhere"})
    void aFolderThatWasThrownAwayIsMadeAnewAndItsMessagesAreStillFound(String where) throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(inFolder(delivery("m0"), "Inbox/Bin"));
        String bin = world.folder("Bin").id();
        world.mailbox.move(bin, "f-deleteditems");
        sink.deliver(delivery("m1"));
        String first = world.folder("CellTrust").id();
        world.mailbox.move(first, where.equals("below deleted items") ? bin : where);
        world.clock.advance(LOOKED_AT_AGAIN);

        sink.deliver(delivery("m2"));

        assertThat(world.mailbox.messages(FOLDER)).hasSize(1);
        assertThat(world.archived().folderId()).isNotEqualTo(first);
        assertThat(sink.find(delivery("m1"))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void aFolderIsLookedAtAgainOnlyAfterTenMinutes() throws Exception {
        GraphMailboxSink sink = world.sink();
        sink.deliver(delivery("m1"));
        world.clock.advance(Duration.ofMinutes(9));
        int before = world.graph.requests().size();

        sink.deliver(delivery("m2"));

        assertThat(world.graph.requests()).hasSize(before + 1);
    }

    @Test
    void folderAndMessagesTogetherDefineTwoNamedPropertiesAndTheHeaders() throws Exception {
        world.sink().deliver(delivery("m1", SinkWorld.file("a.bin", 2_500_000)));
        world.sink().deliver(delivery("m2"));

        assertThat(world.mailbox.namedProperties().stream().filter(p -> p.contains(" Name ")))
                .hasSize(2);
        assertThat(world.mailbox.namedProperties()).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void aMailboxWithoutRoomForNamedPropertiesIsHeldWithItsReasonBeforeAnythingIsThere() throws Exception {
        world.close();
        world = new SinkWorld(tls, folder, 0);

        Throwable thrown = catchThrowable(() -> world.sink().deliver(delivery("m1")));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD))
                .hasMessageContaining("named properties");
        assertThat(folders()).isEmpty();
    }

    /** Folders beside those that every mailbox has. */
    private List<String> folders() {
        return world.mailbox.folders().stream()
                .filter(f -> f.id().startsWith("fld-" + ANN))
                .map(SimulatedFolder::displayName)
                .toList();
    }
}

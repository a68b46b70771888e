// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.Stager;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link Stager}, {@code stager.1} to {@code stager.16} of {@code docs/rules.md}.
 *
 * <p>A subclass opens an empty stage for each test; the contract closes it:
 *
 * <pre>{@code
 * class MyStagerContractTest extends StagerContract {
 *
 *     @TempDir
 *     Path folder;
 *
 *     protected Stager open() {
 *         return new MyStager(folder);
 *     }
 *
 *     protected Optional<Stager> reopen() { // may be left out, as may deletes()
 *         return Optional.of(new MyStager(folder));
 *     }
 * }
 * }</pre>
 */
public abstract class StagerContract {

    private static final int LARGE = 5 << 20;
    private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHERS = "9876543210".getBytes(StandardCharsets.US_ASCII);

    private Stager stager;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // opened before each test
    protected StagerContract() {}

    /** Opens an empty stage. Called once before each test. */
    protected abstract Stager open() throws IOException;

    /**
     * Opens another stager on the stage that {@link #open()} opened, as a process started later would; empty, the default,
     * for a stage that ends with its stager.
     */
    protected Optional<Stager> reopen() throws IOException {
        return Optional.empty();
    }

    /** Whether objects can be deleted at once; false where a retention policy keeps them. Default true. */
    protected boolean deletes() {
        return true;
    }

    @BeforeEach
    final void openStage() throws IOException {
        stager = open();
    }

    @AfterEach
    final void closeStage() throws IOException {
        stager.close();
    }

    @Test
    @Rule("stager.1")
    void stager01_putTellsNameSizeAndDigestOfThePlainBytes() throws Exception {
        StagedObject object = put("packs/1.zip", BYTES);

        assertEquals("packs/1.zip", object.name());
        assertEquals(BYTES.length, object.size());
        assertEquals(DigestedContent.of(Content.of(BYTES)).sha256(), object.sha256());
    }

    @Test
    @Rule("stager.2")
    void stager02_objectsComeBackByteForByteEmptyOnesToo() throws Exception {
        assertArrayEquals(BYTES, read(put("packs/1.zip", BYTES).uri()));
        assertArrayEquals(new byte[0], read(put("packs/empty", new byte[0]).uri()));
    }

    @Test
    @Rule("stager.3")
    void stager03_sameBytesUnderTheSameNameAreTheSameObject() throws Exception {
        assertEquals(put("packs/1.zip", BYTES), put("packs/1.zip", BYTES));
    }

    @Test
    @Rule("stager.4")
    void stager04_otherBytesUnderATakenNameAreRefusedWithStop() throws Exception {
        put("packs/1.zip", BYTES);

        ArchiveException refusal = assertThrows(ArchiveException.class, () -> put("packs/1.zip", OTHERS));
        assertEquals(ArchiveException.Remedy.STOP, refusal.remedy());
    }

    @Test
    @Rule("stager.5")
    void stager05_otherBytesUnderATakenNameChangeNothing() throws Exception {
        URI object = put("packs/1.zip", BYTES).uri();
        try {
            put("packs/1.zip", OTHERS);
        } catch (ArchiveException e) {
            assertEquals(ArchiveException.Remedy.STOP, e.remedy());
        }

        assertArrayEquals(BYTES, read(object));
    }

    @Test
    @Rule("stager.6")
    void stager06_failingWriterLeavesNothingUnderTheName() throws Exception {
        ContentWriter failing = out -> {
            out.write(OTHERS);
            throw new IOException("the bytes can't be read");
        };

        assertThrows(IOException.class, () -> stager.put("packs/1.zip", failing));
        assertEquals(List.of(), names("packs/"));
        assertArrayEquals(BYTES, read(put("packs/1.zip", BYTES).uri()));
    }

    @Test
    @Rule("stager.7")
    void stager07_anyRangeCanBeRead() throws Exception {
        URI object = put("packs/1.zip", BYTES).uri();

        assertEquals("345", text(object, 3, 3));
        assertEquals("789", text(object, 7, 3));
        assertEquals("789", text(object, 7, -1));
        assertEquals("", text(object, 4, 0));
        assertEquals("", text(object, BYTES.length, -1));
    }

    @Test
    @Rule("stager.8")
    void stager08_rangeBeyondTheEndIsAnErrorAndNoShorterRead() throws Exception {
        URI object = put("packs/1.zip", BYTES).uri();

        assertThrows(IOException.class, () -> text(object, 7, 4));
    }

    @Test
    @Rule("stager.9")
    void stager09_absentObjectIsNoSuchFile() throws Exception {
        Capability.require(deletes(), "stager.9", "deletes() says that nothing can be deleted");
        URI object = put("packs/1.zip", BYTES).uri();
        stager.delete(object);

        assertThrows(NoSuchFileException.class, () -> text(object, 0, 1));
    }

    @Test
    @Rule("stager.10")
    void stager10_listGivesTheObjectsWhoseNamesStartWithThePrefix() throws Exception {
        for (String name : List.of("a/1", "a/2", "ab/1", "b/a/1")) {
            put(name, BYTES);
        }

        assertEquals(List.of("a/1", "a/2"), names("a/"));
        assertEquals(List.of("a/1", "a/2", "ab/1"), names("a"));
        assertEquals(List.of("a/1", "a/2", "ab/1", "b/a/1"), names(""));
        assertEquals(List.of(), names("c"));
    }

    @Test
    @Rule("stager.11")
    void stager11_deleteTellsWhetherTheObjectWasThere() throws Exception {
        Capability.require(deletes(), "stager.11", "deletes() says that nothing can be deleted");
        URI object = put("packs/1.zip", BYTES).uri();

        assertEquals(DeleteResult.DELETED, stager.delete(object));
        assertEquals(List.of(), names("packs/"));
        assertEquals(DeleteResult.ABSENT, stager.delete(object));
    }

    @Test
    @Rule("stager.12")
    void stager12_threadsMayPutTheSameObjectAtOnce() throws Exception {
        for (StagedObject object : Elsewhere.inThreads(5, () -> put("packs/1.zip", BYTES))) {
            assertArrayEquals(BYTES, read(object.uri()));
        }
        assertEquals(List.of("packs/1.zip"), names("packs/"));
    }

    @Test
    @Rule("stager.13")
    void stager13_threadsMayPutDifferentObjectsAtOnce() throws Exception {
        AtomicInteger number = new AtomicInteger();
        List<StagedObject> objects = Elsewhere.inThreads(5, () -> {
            String name = "packs/" + number.incrementAndGet();
            return put(name, name.getBytes(StandardCharsets.US_ASCII));
        });

        assertEquals(objects.size(), names("packs/").size());
        for (StagedObject object : objects) {
            assertArrayEquals(object.name().getBytes(StandardCharsets.US_ASCII), read(object.uri()));
        }
    }

    @Test
    @Rule("stager.14")
    void stager14_largeObjectsComeBackWhole() throws Exception {
        byte[] block = new byte[1 << 16];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i * 31);
        }
        StagedObject object = stager.put("packs/large", out -> {
            for (int written = 0; written < LARGE; written += block.length) {
                out.write(block);
            }
        });

        try (InputStream in = stager.open(object.uri(), 0, -1)) {
            for (int done = 0; done < LARGE; done += block.length) {
                assertArrayEquals(block, in.readNBytes(block.length));
            }
            assertEquals(-1, in.read());
        }
    }

    @Test
    @Rule("stager.15")
    void stager15_laterStagerReadsAnObjectByItsUri() throws Exception {
        StagedObject object = put("packs/1.zip", BYTES);
        stager.close();
        Optional<Stager> later = reopen();
        Capability.require(later.isPresent(), "stager.15", "reopen() opens no other stager");

        stager = later.orElseThrow();
        assertEquals(List.of("packs/1.zip"), names("packs/"));
        assertArrayEquals(BYTES, read(object.uri()));
        assertEquals(object, put("packs/1.zip", BYTES));
    }

    @Test
    @Rule("stager.16")
    void stager16_secondCloseDoesNothing() throws Exception {
        put("packs/1.zip", BYTES);

        stager.close();
        stager.close();
    }

    private StagedObject put(String name, byte[] bytes) throws IOException, InterruptedException {
        return stager.put(name, out -> out.write(bytes));
    }

    private byte[] read(URI object) throws IOException {
        try (InputStream in = stager.open(object, 0, -1)) {
            return in.readAllBytes();
        }
    }

    private String text(URI object, long offset, long length) throws IOException {
        try (InputStream in = stager.open(object, offset, length)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private List<String> names(String prefix) throws IOException {
        try (Stream<StagedObject> objects = stager.list(prefix)) {
            return objects.map(StagedObject::name).sorted().toList();
        }
    }
}

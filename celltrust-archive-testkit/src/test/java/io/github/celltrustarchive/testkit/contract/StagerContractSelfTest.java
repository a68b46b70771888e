// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.DeleteResult;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.testkit.InMemoryStager;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of stagers can fail. */
class StagerContractSelfTest extends ContractSelfTest {

    /** A stage in memory; subclasses break it. */
    private static class Part implements Stager {
        final InMemoryStager inner = new InMemoryStager();

        @Override
        public StagedObject put(String name, ContentWriter bytes) throws IOException {
            return inner.put(name, bytes);
        }

        @Override
        public InputStream open(URI object, long offset, long length) throws IOException {
            return inner.open(object, offset, length);
        }

        @Override
        public Stream<StagedObject> list(String prefix) {
            return inner.list(prefix);
        }

        @Override
        public DeleteResult delete(URI object) {
            return inner.delete(object);
        }

        @Override
        public void close() {}

        boolean has(String name) {
            return inner.names().contains(name);
        }
    }

    abstract static class Contract extends StagerContract {
        private final Stager part;

        Contract(Stager part) {
            this.part = part;
        }

        @Override
        protected Stager open() {
            return part;
        }

        @Override
        protected Optional<Stager> reopen() {
            return Optional.of(part);
        }
    }

    @Breaks("stager.1")
    static class ForgetsTheDigest extends Contract {
        ForgetsTheDigest() {
            super(new Part() {
                @Override
                public StagedObject put(String name, ContentWriter bytes) throws IOException {
                    StagedObject object = super.put(name, bytes);
                    return new StagedObject(object.name(), object.uri(), object.size(), null);
                }
            });
        }
    }

    @Breaks("stager.2")
    static class KnowsNoEmptyObjects extends Contract {
        KnowsNoEmptyObjects() {
            super(new Part() {
                @Override
                public InputStream open(URI object, long offset, long length) throws IOException {
                    if (object.toString().endsWith("empty")) {
                        throw new NoSuchFileException("nothing there");
                    }
                    return super.open(object, offset, length);
                }
            });
        }
    }

    @Breaks("stager.3")
    static class MakesANewAddressEachTime extends Contract {
        MakesANewAddressEachTime() {
            super(new Part() {
                @Override
                public StagedObject put(String name, ContentWriter bytes) throws IOException {
                    boolean again = has(name) && !closed;
                    StagedObject object = super.put(name, bytes);
                    URI uri = again ? URI.create(object.uri() + "?again") : object.uri();
                    return new StagedObject(object.name(), uri, object.size(), object.sha256());
                }

                private boolean closed;

                @Override
                public InputStream open(URI object, long offset, long length) throws IOException {
                    return super.open(URI.create(object.toString().replace("?again", "")), offset, length);
                }

                @Override
                public void close() {
                    closed = true;
                }
            });
        }
    }

    @Breaks("stager.4")
    static class KeepsSilentAboutOtherBytes extends Contract {
        KeepsSilentAboutOtherBytes() {
            super(new Part() {
                @Override
                public StagedObject put(String name, ContentWriter bytes) throws IOException {
                    try {
                        return super.put(name, bytes);
                    } catch (ArchiveException e) {
                        return inner.list(name).findFirst().orElseThrow();
                    }
                }
            });
        }
    }

    @Breaks("stager.5")
    static class OverwritesBeforeItRefuses extends Contract {
        OverwritesBeforeItRefuses() {
            super(new Part() {
                @Override
                public StagedObject put(String name, ContentWriter bytes) throws IOException {
                    try {
                        return super.put(name, bytes);
                    } catch (ArchiveException e) {
                        inner.delete(URI.create("memory:/" + name));
                        inner.put(name, bytes);
                        throw e;
                    }
                }
            });
        }
    }

    @Breaks("stager.6")
    static class KeepsWhatWasWritten extends Contract {
        KeepsWhatWasWritten() {
            super(new Part() {
                @Override
                public StagedObject put(String name, ContentWriter bytes) throws IOException {
                    ByteArrayOutputStream written = new ByteArrayOutputStream();
                    try {
                        bytes.writeTo(written);
                    } finally {
                        super.put(name, written::writeTo);
                    }
                    return super.put(name, written::writeTo);
                }
            });
        }
    }

    @Breaks("stager.7")
    static class StartsAtTheFirstByte extends Contract {
        StartsAtTheFirstByte() {
            super(new Part() {
                @Override
                public InputStream open(URI object, long offset, long length) throws IOException {
                    super.open(object, offset, length).close();
                    return super.open(object, 0, length);
                }
            });
        }
    }

    @Breaks("stager.8")
    static class GivesWhatThereIs extends Contract {
        GivesWhatThereIs() {
            super(new Part() {
                @Override
                public InputStream open(URI object, long offset, long length) throws IOException {
                    try {
                        return super.open(object, offset, length);
                    } catch (EOFException e) {
                        return super.open(object, offset, -1);
                    }
                }
            });
        }
    }

    @Breaks("stager.9")
    static class SaysOnlyThatItFailed extends Contract {
        SaysOnlyThatItFailed() {
            super(new Part() {
                @Override
                public InputStream open(URI object, long offset, long length) throws IOException {
                    try {
                        return super.open(object, offset, length);
                    } catch (NoSuchFileException e) {
                        throw new IOException("404", e);
                    }
                }
            });
        }
    }

    @Breaks("stager.10")
    static class TakesPrefixesForFolders extends Contract {
        TakesPrefixesForFolders() {
            super(new Part() {
                @Override
                public Stream<StagedObject> list(String prefix) {
                    return super.list(prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
                }
            });
        }
    }

    @Breaks("stager.11")
    static class HasAlwaysDeleted extends Contract {
        HasAlwaysDeleted() {
            super(new Part() {
                @Override
                public DeleteResult delete(URI object) {
                    super.delete(object);
                    return DeleteResult.DELETED;
                }
            });
        }
    }

    @Breaks("stager.12")
    static class RefusesAnotherThreadsName extends Contract {
        RefusesAnotherThreadsName() {
            super(new Part() {
                private final Map<String, Thread> owners = new HashMap<>();

                @Override
                public synchronized StagedObject put(String name, ContentWriter bytes) throws IOException {
                    if (owners.computeIfAbsent(name, n -> Thread.currentThread()) != Thread.currentThread()) {
                        throw ArchiveException.stop("somebody else puts this", null);
                    }
                    return super.put(name, bytes);
                }
            });
        }
    }

    @Breaks("stager.13")
    static class LosesWhatASecondThreadPuts extends Contract {
        LosesWhatASecondThreadPuts() {
            super(new Part() {
                private final Set<Thread> threads = new HashSet<>();

                @Override
                public synchronized StagedObject put(String name, ContentWriter bytes) throws IOException {
                    threads.add(Thread.currentThread());
                    boolean lost = threads.size() > 1 && !has(name);
                    StagedObject object = super.put(name, bytes);
                    if (lost) {
                        inner.delete(object.uri());
                    }
                    return object;
                }
            });
        }
    }

    @Breaks("stager.14")
    static class CutsLargeObjects extends Contract {
        CutsLargeObjects() {
            super(new Part() {
                @Override
                public InputStream open(URI object, long offset, long length) throws IOException {
                    boolean large = super.open(object, offset, length).available() > 1 << 20;
                    return super.open(object, offset, large ? 1 << 20 : length);
                }
            });
        }
    }

    @Breaks("stager.15")
    static class EndsWithItsProcess extends Contract {
        EndsWithItsProcess() {
            super(new Part());
        }

        @Override
        protected Optional<Stager> reopen() {
            return Optional.of(new Part());
        }
    }

    @Breaks("stager.16")
    static class ClosesOnce extends Contract {
        ClosesOnce() {
            super(new Part() {
                private int closed;

                @Override
                public Stream<StagedObject> list(String prefix) {
                    closed = 0; // it is reopened
                    return super.list(prefix);
                }

                @Override
                public void close() {
                    if (++closed > 1) {
                        throw new IllegalStateException("closed already");
                    }
                }
            });
        }
    }
}

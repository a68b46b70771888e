// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A file or folder as the process sees it, and as the disk has it. */
abstract sealed class SimulatedNode {

    /** What of the changes that weren't forced a power failure leaves. */
    interface Survival {
        /** Whether a change survives. */
        boolean keeps();

        /** How many bytes of a write that doesn't survive whole are there all the same. */
        int torn(int length);
    }

    /** This node after a power failure; one result for each node, however many names it has. */
    final SimulatedNode afterPowerFailure(Survival survival, Map<SimulatedNode, SimulatedNode> done) {
        SimulatedNode copy = done.get(this);
        return copy != null ? copy : survive(survival, done);
    }

    /** This node as another process finds it. */
    final SimulatedNode copy(Map<SimulatedNode, SimulatedNode> done) {
        SimulatedNode copy = done.get(this);
        return copy != null ? copy : copyState(done);
    }

    abstract SimulatedNode survive(Survival survival, Map<SimulatedNode, SimulatedNode> done);

    abstract SimulatedNode copyState(Map<SimulatedNode, SimulatedNode> done);

    /** Makes durable what was changed since the last force. */
    abstract void force();

    /** A force that fails: the operating system forgets what it couldn't write, and the next force says nothing of it. */
    abstract void failToForce();

    static Map<SimulatedNode, SimulatedNode> newCopies() {
        return new IdentityHashMap<>();
    }

    /** Bytes at the end of a file. */
    private static final class Write {
        final int offset;
        final byte[] bytes;

        Write(int offset, byte[] bytes) {
            this.offset = offset;
            this.bytes = bytes;
        }

        /** What of it lands when only so many of its bytes do; bytes that never landed read as zero. */
        byte[] apply(byte[] to, int length) {
            byte[] result = Arrays.copyOf(to, Math.max(to.length, offset + length));
            System.arraycopy(bytes, 0, result, offset, length);
            return result;
        }
    }

    /** A file. */
    static final class File extends SimulatedNode {
        byte[] bytes = {};
        private byte[] durable = {};
        private final List<Write> unforced = new ArrayList<>();
        Instant lastModified = Instant.EPOCH;
        private Instant durableLastModified = Instant.EPOCH;

        void append(byte[] more, int offset, int length) {
            Write write = new Write(bytes.length, Arrays.copyOfRange(more, offset, offset + length));
            unforced.add(write);
            bytes = write.apply(bytes, length);
        }

        @Override
        void force() {
            unforced.forEach(write -> durable = write.apply(durable, write.bytes.length));
            unforced.clear();
            durableLastModified = lastModified;
        }

        @Override
        void failToForce() {
            unforced.clear();
        }

        @Override
        SimulatedNode survive(Survival survival, Map<SimulatedNode, SimulatedNode> done) {
            File copy = new File();
            done.put(this, copy);
            byte[] left = durable;
            for (Write write : unforced) {
                int length = survival.keeps() ? write.bytes.length : survival.torn(write.bytes.length);
                if (length > 0) {
                    left = write.apply(left, length);
                }
            }
            copy.bytes = left;
            copy.durable = left;
            copy.lastModified = survival.keeps() ? lastModified : durableLastModified;
            copy.durableLastModified = copy.lastModified;
            return copy;
        }

        @Override
        SimulatedNode copyState(Map<SimulatedNode, SimulatedNode> done) {
            File copy = new File();
            done.put(this, copy);
            copy.bytes = bytes;
            copy.durable = durable;
            copy.unforced.addAll(unforced);
            copy.lastModified = lastModified;
            copy.durableLastModified = durableLastModified;
            return copy;
        }
    }

    /** A folder. */
    static final class Folder extends SimulatedNode {
        final Map<String, SimulatedNode> names = new TreeMap<>();
        private final Map<String, SimulatedNode> durable = new TreeMap<>();
        private final List<Change> unforced = new ArrayList<>();

        private record Change(String name, @Nullable SimulatedNode node) {}

        void set(String name, SimulatedNode node) {
            names.put(name, node);
            unforced.add(new Change(name, node));
        }

        void remove(String name) {
            names.remove(name);
            unforced.add(new Change(name, null));
        }

        private static void apply(Map<String, SimulatedNode> to, Change change) {
            if (change.node() == null) {
                to.remove(change.name());
            } else {
                to.put(change.name(), change.node());
            }
        }

        @Override
        void force() {
            unforced.forEach(change -> apply(durable, change));
            unforced.clear();
        }

        @Override
        void failToForce() {
            unforced.clear();
        }

        @Override
        SimulatedNode survive(Survival survival, Map<SimulatedNode, SimulatedNode> done) {
            Folder copy = new Folder();
            done.put(this, copy);
            Map<String, SimulatedNode> left = new TreeMap<>(durable);
            unforced.stream().filter(change -> survival.keeps()).forEach(change -> apply(left, change));
            left.forEach((name, node) -> copy.names.put(name, node.afterPowerFailure(survival, done)));
            copy.durable.putAll(copy.names);
            return copy;
        }

        @Override
        SimulatedNode copyState(Map<SimulatedNode, SimulatedNode> done) {
            Folder copy = new Folder();
            done.put(this, copy);
            names.forEach((name, node) -> copy.names.put(name, node.copy(done)));
            durable.forEach((name, node) -> copy.durable.put(name, node.copy(done)));
            unforced.forEach(change -> copy.unforced.add(new Change(
                    change.name(), change.node() == null ? null : change.node().copy(done))));
            return copy;
        }
    }
}

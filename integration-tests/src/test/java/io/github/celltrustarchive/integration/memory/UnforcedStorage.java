// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.memory;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The disk without waiting for it: forces do nothing. For tests that ask about memory, and not what survives. */
final class UnforcedStorage {

    private UnforcedStorage() {}

    static Storage create() {
        DiskStorage disk = new DiskStorage();
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("forceDirectory")) {
                        return null;
                    }
                    try {
                        Object result = method.invoke(disk, arguments);
                        return result instanceof NewFile file ? new UnforcedFile(file) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class UnforcedFile extends NewFile {
        private final NewFile file;

        UnforcedFile(NewFile file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            file.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public void force() {
            // not waited for
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

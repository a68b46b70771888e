// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.memory;

import io.github.celltrustarchive.graph.AzureBlobStager;
import io.github.celltrustarchive.integration.AzuriteServer;
import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.model.StagedObject;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Random;

/**
 * A process that puts an object into blob storage and reads it, with the heap it was given and default settings. Arguments:
 * the endpoint and the object's size. Prints {@code same} and how long it took.
 */
public final class BlobMemoryChild {

    private static final int BUFFER = 64 * 1024;

    private BlobMemoryChild() {}

    public static void main(String[] args) throws Exception {
        long size = Long.parseLong(args[1]);
        AzureBlobStager stager = AzureBlobStager.builder(URI.create(args[0]), "memory")
                .accountKey(AzuriteServer.ACCOUNT, Secret.of(AzuriteServer.KEY))
                .createContainer(true)
                .build();
        long start = System.nanoTime();
        StagedObject object = stager.put("packs/large.zip", out -> {
            Random random = new Random(1);
            byte[] bytes = new byte[BUFFER];
            for (long left = size; left > 0; left -= BUFFER) {
                random.nextBytes(bytes);
                out.write(bytes, 0, (int) Math.min(BUFFER, left));
            }
        });
        long put = System.nanoTime();
        DigestingOutputStream digest = new DigestingOutputStream(OutputStream.nullOutputStream());
        try (InputStream in = stager.open(object.uri(), 0, -1)) {
            in.transferTo(digest);
        }
        long read = System.nanoTime();
        boolean same = object.size() == size && digest.sha256().equals(object.sha256());
        System.out.println((same ? "same" : "other") + " put " + (put - start) / 1_000_000 + " ms, read "
                + (read - put) / 1_000_000 + " ms");
        System.exit(same ? 0 : 1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

/**
 * A request as the simulator saw it.
 *
 * @param method the HTTP method
 * @param path decoded, without version and query
 * @param query decoded, empty if there is none
 * @param bodyHash of the body, so that two messages posted to one folder are two requests
 */
public record GraphRequestSeen(String method, String path, String query, int bodyHash) {

    static final String UPLOAD = "/upload/";

    /** Whether it went to an upload session's address, which takes no token. */
    public boolean upload() {
        return path.startsWith(UPLOAD);
    }

    /** Method and path. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.time.Duration;
import java.util.Objects;

/**
 * How much one mailbox takes from one application before requests are answered 429, on the simulator's clock. Refused requests
 * count as well, as in <a href="https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits">Microsoft's
 * limits</a>.
 *
 * @param inFlight how many requests at once, from 1 on
 * @param requests how many requests in each window, from 1 on
 * @param requestWindow how long that window is
 * @param uploadBytes how many bytes of {@code PATCH}, {@code POST} and {@code PUT} bodies in each window, from 1 on
 * @param uploadWindow how long that window is
 */
public record GraphThrottling(
        int inFlight, int requests, Duration requestWindow, long uploadBytes, Duration uploadWindow) {

    public GraphThrottling {
        Objects.requireNonNull(requestWindow, "requestWindow");
        Objects.requireNonNull(uploadWindow, "uploadWindow");
        if (inFlight < 1 || requests < 1 || uploadBytes < 1) {
            throw new IllegalArgumentException("a mailbox takes at least one request and one byte");
        }
        if (requestWindow.compareTo(Duration.ZERO) <= 0 || uploadWindow.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("a window is longer than nothing");
        }
    }

    /** Microsoft's: 4 at once, 10,000 requests in 10 minutes, 150 MB in 5 minutes. */
    public static GraphThrottling ofDefaults() {
        return new GraphThrottling(4, 10_000, Duration.ofMinutes(10), 150_000_000, Duration.ofMinutes(5));
    }

    /** None at all. */
    public static GraphThrottling none() {
        return new GraphThrottling(
                Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofMinutes(10), Long.MAX_VALUE, Duration.ofMinutes(5));
    }

    /** With another number of requests at once. */
    public GraphThrottling withInFlight(int newInFlight) {
        return new GraphThrottling(newInFlight, requests, requestWindow, uploadBytes, uploadWindow);
    }

    /** With another window of requests. */
    public GraphThrottling withRequests(int newRequests, Duration window) {
        return new GraphThrottling(inFlight, newRequests, window, uploadBytes, uploadWindow);
    }

    /** With another window of bytes. */
    public GraphThrottling withUploadBytes(long newBytes, Duration window) {
        return new GraphThrottling(inFlight, requests, requestWindow, newBytes, window);
    }
}

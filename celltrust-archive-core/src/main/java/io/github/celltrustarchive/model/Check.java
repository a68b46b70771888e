// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One thing that was looked at before a run: what was found, and what to do about it.
 *
 * @param status whether a run may begin
 * @param what what was found, in one line for an operator: may name files, folders and servers; no secret, no message text,
 *     no name, number or address of a person
 * @param remedy what to do, in one line of the same kind; empty where nothing is to be done
 */
public record Check(Status status, String what, String remedy) {

    private static final Duration NOTABLE_SKEW = Duration.ofSeconds(30);
    private static final Duration FATAL_SKEW = Duration.ofMinutes(5);

    /** Whether a run may begin. */
    public enum Status {
        /** As it should be. */
        PASS,
        /** A run works, but somebody ought to look at it. */
        WARN,
        /** A run would fail, or leave undone what it is for. */
        FAIL
    }

    public Check {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** As it should be. */
    public static Check pass(String what) {
        return new Check(Status.PASS, what, "");
    }

    /** Works, but somebody ought to look at it. */
    public static Check warn(String what, String remedy) {
        return new Check(Status.WARN, what, remedy);
    }

    /** Doesn't work. */
    public static Check fail(String what, String remedy) {
        return new Check(Status.FAIL, what, remedy);
    }

    /**
     * How far our clock and a server's are apart: up to 30 seconds are fine, up to 5 minutes (what token and ticket checks
     * commonly tolerate) are a warning, more is a failure.
     *
     * @param server whose clock, such as a host name
     * @param here our time
     * @param there the server's time at that moment, such as its {@code Date} header (RFC 9110 section 6.6.1)
     */
    public static Check clockSkew(String server, Instant here, Instant there) {
        Duration apart = Duration.between(there, here).abs();
        String what = "the clock of " + server + " and ours are " + apart.toSeconds() + " s apart";
        String remedy = "set both clocks by a time service (NTP)";
        if (apart.compareTo(NOTABLE_SKEW) <= 0) {
            return pass(what);
        }
        return apart.compareTo(FATAL_SKEW) <= 0 ? warn(what, remedy) : fail(what, remedy);
    }

    /** Shows the status only: the rest may name files and servers. */
    @Override
    public String toString() {
        return "Check[" + status + "]";
    }
}

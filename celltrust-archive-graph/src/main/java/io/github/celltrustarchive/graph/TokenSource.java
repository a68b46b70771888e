// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gives bearer tokens. {@link EntraCredentials} is the one to use; a host that has tokens of its own implements this.
 *
 * <p>May be called by several threads at once. Keeps tokens and renews them in time, so that it may be asked before every
 * request.
 */
@FunctionalInterface
public interface TokenSource {

    /**
     * A token that is good now.
     *
     * @param scope what it is for, such as {@link MicrosoftCloud#graphScope()}
     * @param refused the token that the service has just answered with 401, or null. A kept token that equals it is thrown
     *     away; one that differs has been renewed meanwhile by another thread and is given out, so that many threads that
     *     are refused at once cause one renewal
     * @return the token, never null
     * @throws IOException if the authority can't be reached now: try again later
     * @throws ArchiveException with remedy {@code STOP} if the credentials are refused
     * @throws InterruptedException if the calling thread was interrupted
     */
    AccessToken token(String scope, @Nullable AccessToken refused) throws IOException, InterruptedException;
}

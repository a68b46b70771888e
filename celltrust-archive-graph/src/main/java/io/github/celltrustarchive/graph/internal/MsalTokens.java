// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.MsalThrottlingException;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps the token of each scope, renews it before it ends or when it is refused, one thread at a time. */
public final class MsalTokens implements TokenSource {

    private static final Duration RENEW_BEFORE_END = Duration.ofMinutes(5);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final Pattern ENTRA_CODE = Pattern.compile("AADSTS\\d{4,9}");
    private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

    /** Asks msal4j for a token. */
    @FunctionalInterface
    public interface Acquirer {
        /** Begins to ask; {@code renew} passes by msal4j's own cache. */
        CompletableFuture<IAuthenticationResult> acquire(String scope, boolean renew) throws Exception;
    }

    private final Acquirer acquirer;
    private final Clock clock;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    public MsalTokens(Acquirer acquirer, Clock clock) {
        this.acquirer = acquirer;
        this.clock = clock;
    }

    @Override
    public AccessToken token(String scope, @Nullable AccessToken refused) throws IOException, InterruptedException {
        Slot slot = slots.computeIfAbsent(scope, s -> new Slot());
        AccessToken kept = slot.token;
        if (kept != null && isGood(kept, refused)) {
            return kept;
        }
        slot.lock.lockInterruptibly();
        try {
            AccessToken meanwhile = slot.token;
            if (meanwhile != null && isGood(meanwhile, refused)) {
                return meanwhile;
            }
            AccessToken renewed = acquire(scope, refused != null);
            slot.token = renewed;
            return renewed;
        } finally {
            slot.lock.unlock();
        }
    }

    private boolean isGood(AccessToken token, @Nullable AccessToken refused) {
        return !token.equals(refused)
                && clock.instant().isBefore(token.expires().minus(RENEW_BEFORE_END));
    }

    private AccessToken acquire(String scope, boolean renew) throws IOException, InterruptedException {
        try {
            IAuthenticationResult result = acquirer.acquire(scope, renew).get();
            Instant expires = result.expiresOnDate().toInstant();
            return new AccessToken(result.accessToken(), expires);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (IOException | InterruptedException | ArchiveException e) {
            throw e;
        } catch (Exception e) { // of msal4j, checked or not
            throw failure(e);
        }
    }

    /** An exception of ours: what msal4j says may quote what the authority was sent. */
    private static IOException failure(@Nullable Throwable cause) {
        if (cause instanceof MsalThrottlingException) {
            return new IOException("Microsoft Entra ID asks to wait before it gives a token");
        }
        if (cause instanceof MsalServiceException refusal && isRefusal(refusal)) {
            throw ArchiveException.stop(
                    "Microsoft Entra ID refused the credentials (" + codes(refusal)
                            + "): check tenant, client id, secret or certificate, and their expiry",
                    null);
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return new IOException("Microsoft Entra ID can't be reached: " + t.getMessage());
            }
        }
        if (cause instanceof MsalServiceException trouble) {
            return new IOException("Microsoft Entra ID gave no token (" + codes(trouble) + ")");
        }
        String what = cause instanceof MsalException msal ? codes(msal) : String.valueOf(className(cause));
        throw ArchiveException.stop("no token can be asked for with these credentials (" + what + ")", null);
    }

    private static boolean isRefusal(MsalServiceException e) {
        Integer status = e.statusCode();
        return status != null && status >= 400 && status < SERVER_ERRORS && status != TOO_MANY_REQUESTS;
    }

    private static String codes(MsalException e) {
        String code = e.errorCode() != null && ERROR_CODE.matcher(e.errorCode()).matches() ? e.errorCode() : "no code";
        Matcher entra = ENTRA_CODE.matcher(String.valueOf(e.getMessage()));
        return entra.find() ? code + ", " + entra.group() : code;
    }

    private static @Nullable String className(@Nullable Throwable t) {
        return t == null ? null : t.getClass().getSimpleName();
    }

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable AccessToken token;
    }
}

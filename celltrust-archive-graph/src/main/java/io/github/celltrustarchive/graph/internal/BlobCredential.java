// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.azure.core.credential.AzureSasCredential;
import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How requests to blob storage prove who sends them. Asked on the caller's thread before each request, so that a token or a
 * signature that was renewed meanwhile is used, and a caller who waits for a token can be interrupted.
 */
public interface BlobCredential {

    /** Lets the requests of a client carry it. Called once, after {@link #refresh()}. */
    void attachTo(BlobContainerClientBuilder client) throws IOException;

    /**
     * Makes sure that the next request carries what is good now.
     *
     * @return the token, for {@link #renewed}; null where there is none
     */
    @Nullable
    AccessToken refresh() throws IOException, InterruptedException;

    /** Whether there is another token after the service refused one with 401. */
    default boolean renewed(@Nullable AccessToken refused) throws IOException, InterruptedException {
        return false;
    }

    /** A bearer token from Microsoft Entra ID. */
    static BlobCredential token(TokenSource tokens, String scope) {
        return new Token(tokens, scope);
    }

    /** A shared access signature, as the portal gives it. */
    static BlobCredential sas(Secret signature) {
        return new Sas(signature);
    }

    /** The account's own key. */
    static BlobCredential accountKey(String account, Secret key) {
        return new AccountKey(account, key);
    }

    /** {@link #token}. */
    final class Token implements BlobCredential {
        private final TokenSource tokens;
        private final String scope;
        private volatile @Nullable AccessToken current;

        private Token(TokenSource tokens, String scope) {
            this.tokens = tokens;
            this.scope = scope;
        }

        @Override
        public void attachTo(BlobContainerClientBuilder client) {
            client.addPolicy((context, next) -> {
                AccessToken token = Objects.requireNonNull(current);
                context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token.text());
                return next.process();
            });
        }

        @Override
        public AccessToken refresh() throws IOException, InterruptedException {
            AccessToken token = tokens.token(scope, null);
            current = token;
            return token;
        }

        @Override
        public boolean renewed(@Nullable AccessToken refused) throws IOException, InterruptedException {
            AccessToken token = tokens.token(scope, refused);
            current = token;
            return refused == null || !token.text().equals(refused.text());
        }
    }

    /** {@link #sas}. */
    final class Sas implements BlobCredential {

        /**
         * What a query may be made of (RFC 3986 section 3.4), but for the question mark of a whole address. Anything else would
         * be quoted in an exception.
         */
        private static final Pattern QUERY = Pattern.compile("(?:[A-Za-z0-9._~!$'()*+,;:@/&=-]|%[0-9A-Fa-f]{2})+");

        private final Secret signature;
        private final AzureSasCredential credential = new AzureSasCredential("none");

        private Sas(Secret signature) {
            this.signature = signature;
        }

        @Override
        public void attachTo(BlobContainerClientBuilder client) {
            client.credential(credential);
        }

        @Override
        public @Nullable AccessToken refresh() throws IOException {
            String text = signature.reveal();
            String query = text.startsWith("?") ? text.substring(1) : text;
            if (!QUERY.matcher(query).matches() || !("&" + query).contains("&sig=")) {
                throw ArchiveException.stop(
                        "blob storage: what is configured as shared access signature isn't one: give the query that"
                                + " begins with sv=, without an address before it",
                        null);
            }
            if (!query.equals(credential.getSignature())) {
                credential.update(query);
            }
            return null;
        }
    }

    /** {@link #accountKey}. */
    final class AccountKey implements BlobCredential {
        private final String account;
        private final Secret key;

        private AccountKey(String account, Secret key) {
            this.account = account;
            this.key = key;
        }

        @Override
        public void attachTo(BlobContainerClientBuilder client) throws IOException {
            String text = key.reveal();
            try {
                Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw ArchiveException.stop(
                        "blob storage: the account's key must be base64, as the portal shows it", null);
            }
            client.credential(new StorageSharedKeyCredential(account, text));
        }

        @Override
        public @Nullable AccessToken refresh() {
            return null;
        }
    }
}

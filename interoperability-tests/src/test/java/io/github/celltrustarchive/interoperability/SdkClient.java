// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.interoperability;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Microsoft's SDK as its users set it up, with all of its middleware, against the simulator. */
final class SdkClient {

    private final OkHttpClient http;
    private final GraphServiceClient graph;

    SdkClient(GraphSimulator simulator, LoopbackTls tls) throws IOException, GeneralSecurityException {
        http = GraphClientFactory.create()
                .sslSocketFactory(tls.context().getSocketFactory(), trust(tls))
                .build();
        graph = new GraphServiceClient(
                new BaseBearerTokenAuthenticationProvider(new FixedToken(simulator.newToken())), http);
        graph.getRequestAdapter().setBaseUrl(simulator.root() + "/v1.0");
    }

    GraphServiceClient graph() {
        return graph;
    }

    /** For upload addresses, which take no token. */
    BaseGraphRequestAdapter anonymous() {
        return new BaseGraphRequestAdapter(
                new AnonymousAuthenticationProvider(), BaseGraphRequestAdapter.Clouds.GLOBAL_CLOUD, "v1.0", http);
    }

    private static X509TrustManager trust(LoopbackTls tls) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(tls.pkcs12())) {
            keys.load(in, tls.password().toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("loopback", keys.getCertificate("loopback"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private record FixedToken(String token) implements AccessTokenProvider {

        @Override
        public String getAuthorizationToken(URI address, @Nullable Map<String, Object> context) {
            return token;
        }

        @Override
        public AllowedHostsValidator getAllowedHostsValidator() {
            return new AllowedHostsValidator("localhost");
        }
    }
}

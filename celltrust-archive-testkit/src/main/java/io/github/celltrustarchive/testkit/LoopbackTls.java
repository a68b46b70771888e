// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Real TLS on loopback: a self-signed certificate for {@code localhost} and {@code 127.0.0.1}, made anew by the JDK's
 * keytool, for a server and for clients that trust it and nothing else. Never for production.
 *
 * <p>Immutable and thread-safe.
 */
public final class LoopbackTls {

    private static final char[] PASSWORD = "loopback".toCharArray(); // guards a key that is worth nothing
    private static final long KEYTOOL_SECONDS = 60;

    private final Path file;
    private final SSLContext context;

    private LoopbackTls(Path file, SSLContext context) {
        this.file = file;
        this.context = context;
    }

    /**
     * Makes a certificate.
     *
     * @param folder where its PKCS#12 file is kept; one certificate a folder
     */
    public static LoopbackTls create(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("loopback.p12");
        if (!Files.exists(file)) {
            generate(file);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("loopback", store.getCertificate("loopback"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new LoopbackTls(file, context);
        } catch (GeneralSecurityException e) {
            throw new IOException("the loopback certificate can't be used", e);
        }
    }

    /** For a server that shows the certificate and for clients that trust only it. */
    public SSLContext context() {
        return context;
    }

    /** The PKCS#12 file with key and certificate; its password is {@link #password()}. */
    public Path pkcs12() {
        return file;
    }

    /** The password of the file. */
    public String password() {
        return new String(PASSWORD);
    }

    private static void generate(Path file) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "loopback",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
            keytool.destroyForcibly();
            throw new IOException("keytool didn't end");
        }
        if (keytool.exitValue() != 0) {
            throw new IOException("keytool ended with " + keytool.exitValue());
        }
    }
}

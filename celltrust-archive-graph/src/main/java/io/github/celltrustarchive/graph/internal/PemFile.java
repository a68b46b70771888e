// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key and the certificates of its chain, as PEM (RFC 7468).
 *
 * @param key an RSA key: Microsoft Entra ID takes no other
 * @param chain the application's own certificate first
 */
public record PemFile(PrivateKey key, List<X509Certificate> chain) {

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?<label>[A-Z0-9 ]{1,40})-----(?<text>[A-Za-z0-9+/=\\s]*)-----END \\k<label>-----");

    /** Shows the length of the chain, nothing of the key. */
    @Override
    public String toString() {
        return "PemFile[" + chain.size() + " certificates]";
    }

    /**
     * Reads a file.
     *
     * @throws ArchiveException with remedy {@code STOP} if what must be in it isn't; says what, and shows none of it
     * @throws GeneralSecurityException if key or certificate can't be read
     */
    public static PemFile read(Path file) throws IOException, GeneralSecurityException {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
        }
        List<byte[]> keys = new ArrayList<>();
        List<X509Certificate> chain = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            byte[] der = Base64.getMimeDecoder().decode(block.group("text"));
            switch (block.group("label")) {
                case "PRIVATE KEY" -> keys.add(der);
                case "CERTIFICATE" -> chain.add(certificate(der));
                case "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                    throw ArchiveException.stop(
                            "the private key must be PKCS#8 and not encrypted:"
                                    + " openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem",
                            null);
                default -> {
                    // other parts of the file are none of ours
                }
            }
        }
        if (keys.size() != 1 || chain.isEmpty()) {
            throw ArchiveException.stop(
                    "the PEM file must hold one PRIVATE KEY and at least one CERTIFICATE, not " + keys.size() + " and "
                            + chain.size(),
                    null);
        }
        return new PemFile(privateKey(keys.get(0)), List.copyOf(chain));
    }

    private static PrivateKey privateKey(byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.graph.MicrosoftCloud;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Where attachments may be uploaded to. The address of an upload session comes from Graph and leads to Outlook's own hosts;
 * message content goes to the hosts of the cloud and to no others, whatever the answer says.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/api/attachment-createuploadsession">createUploadSession</a> (the address
 * is opaque and authenticated in itself); the domains are those of <a
 * href="https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges">Microsoft 365 URLs</a>, of <a
 * href="https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-u-s-government-gcc-high-endpoints">GCC High</a>, <a
 * href="https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-u-s-government-dod-endpoints">DoD</a> and <a
 * href="https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges-21vianet">21Vianet</a>.
 */
final class UploadAddress {

    private static final List<String> GLOBAL = List.of("office.com", "office365.com", "outlook.com");
    private static final List<String> GOVERNMENT = List.of("office365.us", "apps.mil");
    private static final List<String> CHINA = List.of("partner.outlook.cn");

    private final URI graph;
    private final List<String> domains;

    UploadAddress(MicrosoftCloud cloud) {
        this.graph = cloud.graph();
        this.domains = domains(graph.getHost().toLowerCase(Locale.ROOT));
    }

    private static List<String> domains(String graphHost) {
        if (graphHost.endsWith(".microsoft.us")) {
            return GOVERNMENT;
        }
        if (graphHost.endsWith(".chinacloudapi.cn")) {
            return CHINA;
        }
        return graphHost.endsWith(".microsoft.com") ? GLOBAL : List.of();
    }

    /**
     * The address, if it is one of the cloud's.
     *
     * @throws IOException if it isn't; the message quotes nothing of it
     */
    URI allowed(String address) throws IOException {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new IOException("Microsoft Graph gave an upload address that is none"); // the cause would quote it
        }
        String host = uri.getHost();
        boolean plain = "https".equalsIgnoreCase(uri.getScheme()) && host != null && uri.getRawUserInfo() == null;
        if (!plain || !isOurs(host.toLowerCase(Locale.ROOT), uri.getPort())) {
            throw new IOException("Microsoft Graph gave an upload address that leads away from the cloud");
        }
        return uri;
    }

    private boolean isOurs(String host, int port) {
        if (host.equalsIgnoreCase(graph.getHost()) && port == graph.getPort()) {
            return true;
        }
        boolean standardPort = port == -1 || port == 443;
        return standardPort && domains.stream().anyMatch(d -> host.equals(d) || host.endsWith("." + d));
    }
}

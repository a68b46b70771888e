// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a Microsoft cloud is reached. Every endpoint can be replaced, for a proxy, a simulator or a cloud that is not in
 * this list.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/deployments">Microsoft Graph, national cloud deployments</a>; for
 * storage <a href="https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure">Azure
 * Government compared with global Azure</a>.
 *
 * @param name for people to read, such as {@code global}
 * @param graph the root of Microsoft Graph, without version and without a slash at the end
 * @param login the authority of Microsoft Entra ID, without tenant and without a slash at the end
 * @param blobSuffix the domain of blob storage below the account's name, such as {@code blob.core.windows.net}
 */
public record MicrosoftCloud(String name, URI graph, URI login, String blobSuffix) {

    /** The global cloud, which also serves GCC tenants. */
    public static final MicrosoftCloud GLOBAL = new MicrosoftCloud(
            "global",
            URI.create("https://graph.microsoft.com"),
            URI.create("https://login.microsoftonline.com"),
            "blob.core.windows.net");

    /** US Government L4, known as GCC High. */
    public static final MicrosoftCloud GCC_HIGH = new MicrosoftCloud(
            "gcc-high",
            URI.create("https://graph.microsoft.us"),
            URI.create("https://login.microsoftonline.us"),
            "blob.core.usgovcloudapi.net");

    /** US Government L5, the Department of Defense. */
    public static final MicrosoftCloud DOD = new MicrosoftCloud(
            "dod",
            URI.create("https://dod-graph.microsoft.us"),
            URI.create("https://login.microsoftonline.us"),
            "blob.core.usgovcloudapi.net");

    /** Microsoft 365 operated by 21Vianet in China. */
    public static final MicrosoftCloud CHINA = new MicrosoftCloud(
            "china",
            URI.create("https://microsoftgraph.chinacloudapi.cn"),
            URI.create("https://login.chinacloudapi.cn"),
            "blob.core.chinacloudapi.cn");

    /**
     * Checks the endpoints.
     *
     * @throws IllegalArgumentException if an endpoint isn't {@code https} with a host and nothing behind it but a path, or
     *     ends with a slash
     */
    public MicrosoftCloud {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        requireEndpoint(graph, "graph");
        requireEndpoint(login, "login");
        if (Objects.requireNonNull(blobSuffix, "blobSuffix").isBlank()) {
            throw new IllegalArgumentException("blobSuffix must not be blank");
        }
    }

    /**
     * The cloud of this name: {@code global}, {@code gcc} (which is global), {@code gcc-high}, {@code dod} or {@code china},
     * in any case.
     *
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public static MicrosoftCloud named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "global", "gcc" -> GLOBAL;
            case "gcc-high" -> GCC_HIGH;
            case "dod" -> DOD;
            case "china" -> CHINA;
            default -> throw new IllegalArgumentException("no cloud of that name: global, gcc, gcc-high, dod, china");
        };
    }

    /** This cloud with another root of Microsoft Graph. */
    public MicrosoftCloud withGraph(URI value) {
        return new MicrosoftCloud(name, value, login, blobSuffix);
    }

    /** This cloud with another authority. */
    public MicrosoftCloud withLogin(URI value) {
        return new MicrosoftCloud(name, graph, value, blobSuffix);
    }

    /** This cloud with another domain of blob storage. */
    public MicrosoftCloud withBlobSuffix(String value) {
        return new MicrosoftCloud(name, graph, login, value);
    }

    /** The scope of tokens for Microsoft Graph: every permission that was granted to the application. */
    public String graphScope() {
        return graph + "/.default";
    }

    /** The scope of tokens for Azure Storage, the same in every cloud. */
    public String storageScope() {
        return "https://storage.azure.com/.default";
    }

    /** Where blobs of this storage account are. */
    public URI blobEndpoint(String account) {
        return URI.create("https://" + account + "." + blobSuffix);
    }

    private static void requireEndpoint(URI endpoint, String what) {
        Objects.requireNonNull(endpoint, what);
        boolean plain = endpoint.getHost() != null
                && endpoint.getRawUserInfo() == null
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null
                && !endpoint.getRawPath().endsWith("/");
        if (!"https".equals(endpoint.getScheme()) || !plain) {
            throw new IllegalArgumentException(what + " must look like https://host or https://host/path");
        }
    }
}

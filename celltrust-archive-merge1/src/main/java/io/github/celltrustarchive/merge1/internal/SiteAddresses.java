// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which addresses requests may go to: those on the configured scheme, host and port, and none besides. */
public final class SiteAddresses {

    private static final int HTTPS_PORT = 443;
    private static final URI UNREADABLE = URI.create("https://unreadable-link.invalid/");

    private final URI root;

    /** Addresses on the site at this one, which has no {@link #problems}. */
    public SiteAddresses(URI root) {
        this.root = root;
    }

    /** What is wrong with an address as that of a site. */
    public static List<String> problems(URI base) {
        List<String> problems = new ArrayList<>();
        if (!"https".equalsIgnoreCase(base.getScheme())) {
            problems.add("the address must begin with https://");
        }
        if (base.getHost() == null) {
            problems.add("the address needs a host");
        }
        if (base.getRawUserInfo() != null) {
            problems.add("credentials don't belong into the address");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            problems.add("the address must have no query and no fragment");
        }
        return problems;
    }

    /** A link as an absolute address; one that can't be read becomes one that leads nowhere. */
    URI resolve(URI from, String link) {
        try {
            return from.resolve(link);
        } catch (IllegalArgumentException e) {
            return UNREADABLE;
        }
    }

    /** A link in a list. */
    URI resolve(String link) {
        return resolve(URI.create(root + "/"), link);
    }

    /** Whether a request with credentials may go there. */
    boolean leadToSite(URI address) {
        return "https".equalsIgnoreCase(address.getScheme())
                && address.getHost() != null
                && address.getHost()
                        .toLowerCase(Locale.ROOT)
                        .equals(root.getHost().toLowerCase(Locale.ROOT))
                && port(address) == port(root)
                && address.getRawUserInfo() == null
                && address.getRawFragment() == null;
    }

    private static int port(URI address) {
        return address.getPort() < 0 ? HTTPS_PORT : address.getPort();
    }
}

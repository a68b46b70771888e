// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.merge1.internal.SiteAnswer;
import io.github.celltrustarchive.merge1.internal.SiteCalls;
import io.github.celltrustarchive.merge1.internal.SiteContent;
import io.github.celltrustarchive.merge1.internal.SiteJson;
import io.github.celltrustarchive.merge1.internal.SiteRefusedException;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A site that speaks the protocol of {@code docs/merge1-site.yaml} over HTTPS. The protocol is ours; see {@link Merge1Site}.
 *
 * <ul>
 *   <li>Every exchange has a deadline around all of it, and a limit for its answer, also after decompression.
 *   <li>An item is read in ranges, each an exchange of its own, so that neither a large item nor a slow site needs more
 *       memory or time than one range; each range's digest is checked.
 *   <li>The token is renewed a little before it expires, and once when the site refuses it.
 *   <li>429 and 503 put the next try off as the site asks, at least a second and at most an hour.
 *   <li>An HTML page, a cut-off answer, one of another length or with another digest than it says: refused, never parsed.
 *   <li>Links and redirects lead to the configured scheme, host and port or are refused; so neither a request nor a
 *       credential reaches another machine, be it public or private. At most three redirects are followed. A name that is
 *       made to resolve to another address fails at that address's TLS certificate.
 * </ul>
 *
 * <p><b>Threading.</b> Thread-safe.
 */
public final class HttpsMerge1Site implements Merge1Site {

    private static final int GONE = 410;
    private static final int NOT_FOUND = 404;

    private final URI base;
    private final SiteCalls calls;
    private final SiteContent content;
    private final Clock clock;

    HttpsMerge1Site(URI base, SiteCalls calls, int rangeBytes, Clock clock) {
        this.base = base;
        this.calls = calls;
        this.content = new SiteContent(calls, rangeBytes);
        this.clock = clock;
    }

    /**
     * Starts a client of the site at this address.
     *
     * @param base such as {@code https://site.example} or, where the protocol lies below a path, {@code https://site.example/archive}
     */
    public static HttpsMerge1SiteBuilder builder(URI base) {
        return new HttpsMerge1SiteBuilder(base);
    }

    @Override
    public Optional<Merge1Connector> findConnector(String name) throws IOException, InterruptedException {
        SiteAnswer answer = calls.get(URI.create(base + "/connectors?name=" + encode(name)));
        List<Merge1Connector> found = SiteJson.connectors(answer.json()).stream()
                .filter(connector -> connector.name().equals(name))
                .toList();
        if (found.size() > 1) {
            throw ArchiveException.stop(
                    "the site has " + found.size() + " connectors of one name: give them unique names there", null);
        }
        return found.stream().findFirst();
    }

    @Override
    public Merge1Page itemsAfter(Merge1Connector connector, String cursor, @Nullable Merge1Window window, int limit)
            throws IOException, InterruptedException {
        StringBuilder address = new StringBuilder(connectorPath(connector) + "/items?limit=" + limit);
        if (!cursor.isEmpty()) {
            address.append("&cursor=").append(encode(cursor));
        }
        if (window != null) {
            address.append("&storedFrom=").append(encode(window.from().toString()));
            address.append("&storedUntil=").append(encode(window.until().toString()));
        }
        try {
            return SiteJson.page(calls.get(URI.create(address.toString())).json(), calls.addresses(), limit);
        } catch (SiteRefusedException e) {
            if (e.code().equals("cursor_unknown")) {
                throw ArchiveException.stop(
                        "the site doesn't know the place any more up to which it was read: let the site's operator"
                                + " restore its list, or archive it anew under another connector name",
                        e);
            }
            throw e;
        }
    }

    @Override
    public Optional<Merge1Item> item(Merge1Connector connector, String id) throws IOException, InterruptedException {
        try {
            SiteAnswer answer = calls.get(URI.create(connectorPath(connector) + "/items/" + encode(id)));
            return Optional.of(SiteJson.item(answer.json(), calls.addresses()));
        } catch (SiteRefusedException e) {
            if ((e.status() == NOT_FOUND || e.status() == GONE) && e.code().equals("item_gone")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public InputStream open(Merge1Connector connector, Merge1Item item, long from)
            throws IOException, InterruptedException {
        URI link = item.link();
        if (link == null) {
            link = URI.create(connectorPath(connector) + "/items/" + encode(item.id()) + "/content");
        }
        return new ByteArrayInputStream(content.read(link, item, from));
    }

    @Override
    public void acknowledge(Merge1Connector connector, String cursor) throws IOException, InterruptedException {
        calls.post(URI.create(connectorPath(connector) + "/acknowledgements"), SiteJson.acknowledgement(cursor));
    }

    @Override
    public List<Check> check() throws IOException, InterruptedException {
        SiteAnswer answer = calls.signInAnew();
        List<Check> checks = new ArrayList<>();
        checks.add(Check.pass("signed in to the Merge1 site at " + base.getHost()));
        answer.date().ifPresent(there -> checks.add(Check.clockSkew(base.getHost(), clock.instant(), there)));
        return checks;
    }

    /** Ends calls that are under way. A second call does nothing. */
    @Override
    public void close() {
        calls.close();
    }

    @Override
    public String toString() {
        return "HttpsMerge1Site[" + base.getHost() + "]";
    }

    private String connectorPath(Merge1Connector connector) {
        return base + "/connectors/" + encode(connector.id());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

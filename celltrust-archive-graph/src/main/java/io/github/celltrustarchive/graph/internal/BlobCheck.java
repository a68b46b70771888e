// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Looks whether a stage in blob storage can work: lists, sends one block that is never committed (no object comes of it, and
 * the service forgets it within a week), compares clocks, and asks whether the container supports the protection that is
 * wanted.
 */
public final class BlobCheck {

    private static final byte[] PROBE = {1};

    private final BlobContainer container;
    private final List<Check> checks = new ArrayList<>();

    private BlobCheck(BlobContainer container) {
        this.container = container;
    }

    /** The results, one for each thing looked at. */
    public static List<Check> of(BlobContainer container, RandomGenerator random) throws InterruptedException {
        BlobCheck check = new BlobCheck(container);
        if (check.list()) {
            check.write(random);
            check.protection();
        }
        return check.checks;
    }

    private String where() {
        return "container " + container.settings().container() + " on "
                + container.settings().endpoint().getHost();
    }

    private boolean list() {
        try {
            PagedResponse<BlobItem> page = container.list(container.settings().prefix(), 1, null);
            checks.add(Check.pass("objects can be listed in " + where()));
            clock(page.getHeaders().getValue(HttpHeaderName.DATE));
            return true;
        } catch (BlobException e) {
            if (e.noContainer() && container.settings().createContainer()) {
                checks.add(Check.pass(where() + " will be made at the first use"));
                return false;
            }
            failed("list objects in", e);
        } catch (IOException | ArchiveException e) {
            failed("list objects in", e);
        }
        return false;
    }

    private void clock(String date) {
        try {
            checks.add(Check.clockSkew(
                    "blob storage",
                    container.clock().instant(),
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                            .toInstant()));
        } catch (DateTimeException | NullPointerException e) {
            checks.add(Check.warn("blob storage doesn't tell its time", "look whether a proxy answers in its place"));
        }
    }

    private void write(RandomGenerator random) throws InterruptedException {
        byte[] id = new byte[16];
        random.nextBytes(id);
        String blob = container.settings().prefix() + "preflight-" + Long.toHexString(random.nextLong());
        try {
            container
                    .stage(blob, Base64.getEncoder().encodeToString(id), ByteBuffer.wrap(PROBE))
                    .await();
            checks.add(Check.pass("objects can be written to " + where()));
        } catch (IOException | ArchiveException e) {
            failed("write to", e);
        }
    }

    private void protection() {
        if (!container.settings().protection().wanted()) {
            return;
        }
        try {
            if (Boolean.TRUE.equals(container.properties().isImmutableStorageWithVersioningEnabled())) {
                checks.add(Check.pass(where() + " supports version-level immutability"));
            } else {
                checks.add(Check.fail(
                        where() + " doesn't support version-level immutability",
                        "turn it on for the account or the container, or take the protection out of the settings"));
            }
        } catch (IOException | ArchiveException e) {
            checks.add(Check.warn(
                    "whether " + where() + " supports version-level immutability can't be read",
                    "let the credentials read the container's properties, or watch the first put, which reads back"));
        }
    }

    private void failed(String what, Exception e) {
        String remedy = e instanceof BlobException refusal ? refusal.remedy() : "";
        checks.add(Check.fail(
                "it isn't possible to " + what + " " + where() + ": " + e.getMessage(),
                remedy.isEmpty() ? "look at the message, and try again" : remedy));
    }
}

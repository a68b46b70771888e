// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.merge1.internal.SiteFetch;
import io.github.celltrustarchive.merge1.internal.SiteFolder;
import io.github.celltrustarchive.merge1.internal.SiteReading;
import io.github.celltrustarchive.spi.RecordParser;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects the options of a {@link Merge1SiteSource}. Not thread-safe. */
public final class Merge1SiteSourceBuilder {

    private static final int MAX_REMEMBERED = 4_000;
    private static final long GIB = 1L << 30;

    private final Merge1Site site;
    private final String connectorName;
    private final Path folder;
    private final RecordParser parser;
    private Duration overlap = Duration.ofHours(24);
    private Duration lookAgainEvery = Duration.ofHours(1);
    private long maxPageBytes = GIB / 4;
    private long maxItemBytes = 4 * GIB;
    private int remembered = 2_000;
    private Storage storage = new DiskStorage();
    private Clock clock = Clock.systemUTC();

    Merge1SiteSourceBuilder(Merge1Site site, String connectorName, Path folder, RecordParser parser) {
        this.site = Objects.requireNonNull(site, "site");
        this.connectorName = Objects.requireNonNull(connectorName, "connectorName");
        this.folder = Objects.requireNonNull(folder, "folder");
        this.parser = Objects.requireNonNull(parser, "parser");
    }

    /**
     * How far back late arrivals are looked for. Default 24 hours, which is how often items are copied to the site; zero to
     * 3,650 days. By how much items can be late isn't known: an assumption of ours. For as long again the site isn't told of what
     * follows an item whose bytes couldn't be had.
     */
    public Merge1SiteSourceBuilder overlap(Duration value) {
        overlap = Objects.requireNonNull(value, "value");
        return this;
    }

    /** How much time passes at least before late arrivals are looked for again. Default one hour; zero to 3,650 days. */
    public Merge1SiteSourceBuilder lookAgainEvery(Duration value) {
        lookAgainEvery = Objects.requireNonNull(value, "value");
        return this;
    }

    /** The disk that the items of one page may use, in bytes. Default 268,435,456 (256 MiB); at least 1. */
    public Merge1SiteSourceBuilder maxPageBytes(long value) {
        maxPageBytes = value;
        return this;
    }

    /** The largest item that is downloaded, in bytes. Default 4,294,967,296 (4 GiB); at least 1. */
    public Merge1SiteSourceBuilder maxItemBytes(long value) {
        maxItemBytes = value;
        return this;
    }

    /**
     * How many of the items archived last are recognised in the list, without another download. Default 2,000; 0 to 4,000.
     * Each takes 11 characters of the checkpoint. A little more than what comes in within the overlap is best.
     */
    public Merge1SiteSourceBuilder remembered(int value) {
        remembered = value;
        return this;
    }

    /** Where the folder lies. Default: the disk. */
    public Merge1SiteSourceBuilder storage(Storage value) {
        storage = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Tells when to look for late arrivals. Default the system's. */
    public Merge1SiteSourceBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * The source. Asks the site nothing yet and doesn't touch the folder.
     *
     * @throws IllegalStateException naming every option that is out of its bounds
     */
    public Merge1SiteSource build() {
        List<String> problems = new ArrayList<>();
        if (connectorName.isBlank()) {
            problems.add("the connector's name must not be blank");
        }
        if (overlap.isNegative() || overlap.compareTo(Duration.ofDays(3_650)) > 0) {
            problems.add("overlap must be zero to 3,650 days");
        }
        if (lookAgainEvery.isNegative() || lookAgainEvery.compareTo(Duration.ofDays(3_650)) > 0) {
            problems.add("lookAgainEvery must be zero to 3,650 days");
        }
        if (maxPageBytes < 1 || maxItemBytes < 1) {
            problems.add("maxPageBytes and maxItemBytes must be at least 1");
        }
        if (remembered < 0 || remembered > MAX_REMEMBERED) {
            problems.add("remembered must be 0 to 4,000");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Merge1 site source: " + String.join("; ", problems));
        }
        SiteFolder downloads = new SiteFolder(folder, storage);
        SiteFetch fetch = new SiteFetch(site, downloads, storage, maxItemBytes);
        SiteReading reading = new SiteReading(
                site,
                downloads,
                fetch,
                new SiteReading.Options(overlap, lookAgainEvery, maxPageBytes, remembered),
                clock);
        return new Merge1SiteSource(site, connectorName, parser, downloads, storage, reading);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive;

import io.github.celltrustarchive.internal.Engine;
import io.github.celltrustarchive.internal.Options;
import io.github.celltrustarchive.internal.Parts;
import io.github.celltrustarchive.internal.World;
import io.github.celltrustarchive.io.Sleeper;
import io.github.celltrustarchive.io.SystemSleeper;
import io.github.celltrustarchive.io.ThisProcess;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.SkipLimit;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.spi.RetryPolicy;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.spi.UserMapper;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Wires an {@link ArchivePipeline}. Needed are a ledger, a stager, and a source (to collect) or a sink (to deliver);
 * everything else has a default. Not thread-safe.
 */
public final class ArchivePipelineBuilder {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(36_500);

    private final ConnectorProfile profile;
    private @Nullable SourceAdapter source;
    private @Nullable MessageConverter converter;
    private @Nullable UserMapper mapper;
    private @Nullable Stager stager;
    private @Nullable MailboxSink sink;
    private @Nullable Ledger ledger;
    private ArchiveListener listener = ArchiveListener.NONE;
    private RetryPolicy retryPolicy = RetryPolicy.ofDefaults();
    private final Map<String, Predicate<SourceItem>> exclusions = new LinkedHashMap<>();
    private final Set<String> exclusionsTwice = new LinkedHashSet<>();
    private String worker = ThisProcess.name();
    private int pageSize = 500;
    private long packBytes = 64L << 20;
    private int parallelMailboxes = 1;
    private int deliveriesPerClaim = 200;
    private Duration lease = Duration.ofMinutes(5);
    private Duration patience = Duration.ofMinutes(2);
    private Duration unmappedWindow = Duration.ofDays(30);
    private SkipLimit skipLimit = SkipLimit.DEFAULT;
    private Clock clock = Clock.systemUTC();
    private Sleeper sleeper = new SystemSleeper();
    private RandomGenerator random = new SecureRandom();
    private ThreadFactory threads = World.daemonThreads("celltrust-archive-delivery");

    ArchivePipelineBuilder(ConnectorProfile profile) {
        this.profile = Objects.requireNonNull(profile, "profile");
    }

    /** Where records come from. Needed to collect. */
    public ArchivePipelineBuilder source(SourceAdapter value) {
        source = Objects.requireNonNull(value, "source");
        return this;
    }

    /** Default: {@link EmlMessageConverter} for the profile. */
    public ArchivePipelineBuilder converter(MessageConverter value) {
        converter = Objects.requireNonNull(value, "converter");
        return this;
    }

    /** Default: {@link EmailUserMapper} for the profile's owned domains. */
    public ArchivePipelineBuilder mapper(UserMapper value) {
        mapper = Objects.requireNonNull(value, "mapper");
        return this;
    }

    /** Where records and messages wait. Needed. */
    public ArchivePipelineBuilder stager(Stager value) {
        stager = Objects.requireNonNull(value, "stager");
        return this;
    }

    /** Where messages go. Needed to deliver. */
    public ArchivePipelineBuilder sink(MailboxSink value) {
        sink = Objects.requireNonNull(value, "sink");
        return this;
    }

    /** The record of truth. Needed. */
    public ArchivePipelineBuilder ledger(Ledger value) {
        ledger = Objects.requireNonNull(value, "ledger");
        return this;
    }

    /** Default: none. */
    public ArchivePipelineBuilder listener(ArchiveListener value) {
        listener = Objects.requireNonNull(value, "listener");
        return this;
    }

    /** Default: {@link RetryPolicy#ofDefaults()}. */
    public ArchivePipelineBuilder retryPolicy(RetryPolicy value) {
        retryPolicy = Objects.requireNonNull(value, "retryPolicy");
        return this;
    }

    /**
     * Items that are not archived: their raw record is kept and they are recorded as excluded by this rule. Default: none.
     * Rules are asked in the order in which they were added.
     *
     * @param rule its name, for the ledger; not blank, each given once; no personal data
     */
    public ArchivePipelineBuilder exclude(String rule, Predicate<SourceItem> items) {
        if (exclusions.put(Objects.requireNonNull(rule, "rule"), Objects.requireNonNull(items, "items")) != null) {
            exclusionsTwice.add(rule);
        }
        return this;
    }

    /**
     * Who works, for people who find the ledger in use. Default: process id and host name. Not blank; no personal data.
     */
    public ArchivePipelineBuilder worker(String value) {
        worker = Objects.requireNonNull(value, "worker");
        return this;
    }

    /** How many records are read, staged and recorded together. Default 500, at least 1. */
    public ArchivePipelineBuilder pageSize(int value) {
        pageSize = value;
        return this;
    }

    /** About how many bytes a pack holds before a page is split. Default 64 MiB, at least 1. */
    public ArchivePipelineBuilder packBytes(long value) {
        packBytes = value;
        return this;
    }

    /**
     * How many mailboxes are delivered to at once. Default 1: on the caller's thread. With more, on that many threads, which
     * end with the operation.
     */
    public ArchivePipelineBuilder parallelMailboxes(int value) {
        parallelMailboxes = value;
        return this;
    }

    /** How many deliveries are claimed for one mailbox before another gets its turn. Default 200, at least 1. */
    public ArchivePipelineBuilder deliveriesPerClaim(int value) {
        deliveriesPerClaim = value;
        return this;
    }

    /** How long a silent worker keeps its claims where several share a ledger. Default 5 minutes; more than zero, at most a day. */
    public ArchivePipelineBuilder lease(Duration value) {
        lease = Objects.requireNonNull(value, "lease");
        return this;
    }

    /**
     * How long an operation waits for something to become due when it has nothing else to do; what takes longer is left to
     * the next run. Default 2 minutes; zero never waits; at most a day.
     */
    public ArchivePipelineBuilder patience(Duration value) {
        patience = Objects.requireNonNull(value, "patience");
        return this;
    }

    /**
     * For how long after it was recorded an item's unmapped participants are tried again at every run. Default 30 days; zero for
     * never again; at most 36,500 days.
     */
    public ArchivePipelineBuilder unmappedWindow(Duration value) {
        unmappedWindow = Objects.requireNonNull(value, "unmappedWindow");
        return this;
    }

    /** When collecting stops because too many records are held. Default: {@link SkipLimit#DEFAULT}. */
    public ArchivePipelineBuilder skipLimit(SkipLimit value) {
        skipLimit = Objects.requireNonNull(value, "skipLimit");
        return this;
    }

    /** Default: the system's clock. */
    public ArchivePipelineBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** Default: real sleep. */
    public ArchivePipelineBuilder sleeper(Sleeper value) {
        sleeper = Objects.requireNonNull(value, "sleeper");
        return this;
    }

    /** For jitter. Default: the system's secure generator. Must be safe for several threads. */
    public ArchivePipelineBuilder random(RandomGenerator value) {
        random = Objects.requireNonNull(value, "random");
        return this;
    }

    /** Makes the threads for {@link #parallelMailboxes}. Default: daemon threads. */
    public ArchivePipelineBuilder threadFactory(ThreadFactory value) {
        threads = Objects.requireNonNull(value, "threadFactory");
        return this;
    }

    /**
     * The pipeline.
     *
     * @throws IllegalStateException naming everything that is missing or out of its bounds
     */
    public ArchivePipeline build() {
        List<String> problems = problems();
        Stager stage = stager;
        Ledger record = ledger;
        if (!problems.isEmpty() || stage == null || record == null) {
            throw new IllegalStateException("archive pipeline: " + String.join("; ", problems));
        }
        Parts parts = new Parts(
                profile,
                source,
                converter != null ? converter : new EmlMessageConverter(profile),
                mapper != null ? mapper : defaultMapper(),
                stage,
                sink,
                record);
        Options options = new Options(
                worker,
                pageSize,
                packBytes,
                parallelMailboxes,
                deliveriesPerClaim,
                lease,
                patience,
                unmappedWindow,
                skipLimit,
                retryPolicy,
                new LinkedHashMap<>(exclusions));
        AtomicBoolean stopRequested = new AtomicBoolean();
        World world = new World(clock, sleeper, random, threads);
        Engine engine = new Engine(parts, options, world, listener, stopRequested::get);
        return new ArchivePipeline(parts, engine, stopRequested);
    }

    private UserMapper defaultMapper() {
        return profile.ownedDomains().isEmpty()
                ? (participant, at) -> Mapping.unmapped("this pipeline has no user mapper") // it only collects
                : new EmailUserMapper(profile.ownedDomains());
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(profile.problems());
        check(problems, stager != null, "a stager is needed");
        check(problems, ledger != null, "a ledger is needed");
        check(problems, source != null || sink != null, "a source or a sink is needed");
        boolean mapped =
                mapper != null || sink == null || !profile.ownedDomains().isEmpty();
        check(problems, mapped, "a mapper, or owned domains in the profile, are needed to deliver");
        check(problems, pageSize >= 1, "pageSize must be at least 1");
        check(problems, packBytes >= 1, "packBytes must be at least 1");
        check(problems, parallelMailboxes >= 1, "parallelMailboxes must be at least 1");
        check(problems, deliveriesPerClaim >= 1, "deliveriesPerClaim must be at least 1");
        check(problems, !worker.isBlank(), "worker must not be blank");
        check(problems, exclusions.keySet().stream().noneMatch(String::isBlank), "a rule of exclude must not be blank");
        exclusionsTwice.forEach(rule -> problems.add("exclude has two rules named " + rule));
        boolean leaseFits = lease.compareTo(Duration.ZERO) > 0 && lease.compareTo(DAY) <= 0;
        check(problems, leaseFits, "lease must be more than zero and at most a day");
        boolean patienceFits = !patience.isNegative() && patience.compareTo(DAY) <= 0;
        check(problems, patienceFits, "patience must be from zero to a day");
        boolean windowFits = !unmappedWindow.isNegative() && unmappedWindow.compareTo(LONGEST_WINDOW) <= 0;
        check(problems, windowFits, "unmappedWindow must be from zero to 36,500 days");
        return problems;
    }

    private static void check(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.FileDescriptor;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.BaseStream;

/** Calls, constructor calls and method references that most of the library must leave to its host. */
final class ForbiddenCalls {
    private static final String CONSTRUCTOR = "<init>";

    private ForbiddenCalls() {}

    /** Matches a class that calls, constructs or refers to what the predicate names. */
    static ArchCondition<JavaClass> call(String description, Predicate<CodeUnitAccessTarget> forbidden) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnitAccessesFromSelf().stream()
                        .filter(access -> forbidden.test(access.getTarget()))
                        .map(JavaAccess::getDescription)
                        .forEach(access -> events.add(SimpleConditionEvent.satisfied(type, access)));
            }
        };
    }

    static boolean startsThreads(CodeUnitAccessTarget target) {
        return creates(target, Thread.class)
                || creates(target, ExecutorService.class)
                || creates(target, Timer.class)
                || calls(target, Thread.class, "start", "startVirtualThread", "ofVirtual", "ofPlatform")
                || target.getOwner().isEquivalentTo(Executors.class)
                || (target.getOwner().isAssignableTo(CompletableFuture.class)
                        && target.getName().endsWith("Async"))
                || calls(target, Collection.class, "parallelStream")
                || calls(target, BaseStream.class, "parallel");
    }

    static boolean readsTimeOrChance(CodeUnitAccessTarget target) {
        return readsTime(target) || drawsAtRandom(target);
    }

    private static boolean readsTime(CodeUnitAccessTarget target) {
        boolean fromClock = target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
        boolean now = target.getOwner().getPackageName().startsWith("java.time")
                && target.getName().equals("now");
        boolean systemClock = target.getOwner().isEquivalentTo(Clock.class)
                && (target.getName().startsWith("system") || target.getName().startsWith("tick"));
        return (now && !fromClock)
                || (systemClock && !fromClock)
                || calls(target, System.class, "currentTimeMillis", "nanoTime")
                || createsWithoutArguments(target, Date.class)
                || calls(target, Calendar.class, "getInstance");
    }

    private static boolean drawsAtRandom(CodeUnitAccessTarget target) {
        return createsWithoutArguments(target, Random.class)
                || createsWithoutArguments(target, SplittableRandom.class)
                || creates(target, SecureRandom.class)
                || calls(target, SecureRandom.class, "getInstanceStrong", "getInstance")
                || calls(target, ThreadLocalRandom.class, "current")
                || calls(target, Math.class, "random")
                || calls(target, UUID.class, "randomUUID");
    }

    static boolean readsMachineDefaults(CodeUnitAccessTarget target) {
        return calls(target, ZoneId.class, "systemDefault")
                || calls(target, Clock.class, "systemDefaultZone")
                || calls(target, TimeZone.class, "getDefault")
                || calls(target, Locale.class, "getDefault");
    }

    static boolean forcesToDisk(CodeUnitAccessTarget target) {
        return calls(target, FileChannel.class, "force")
                || calls(target, MappedByteBuffer.class, "force")
                || calls(target, FileDescriptor.class, "sync");
    }

    static boolean sleeps(CodeUnitAccessTarget target) {
        return calls(target, Thread.class, "sleep") || calls(target, TimeUnit.class, "sleep");
    }

    private static boolean calls(CodeUnitAccessTarget target, Class<?> owner, String... names) {
        return target.getOwner().isAssignableTo(owner) && Set.of(names).contains(target.getName());
    }

    private static boolean creates(CodeUnitAccessTarget target, Class<?> type) {
        return target.getOwner().isAssignableTo(type) && target.getName().equals(CONSTRUCTOR);
    }

    private static boolean createsWithoutArguments(CodeUnitAccessTarget target, Class<?> type) {
        return creates(target, type) && target.getRawParameterTypes().isEmpty();
    }
}

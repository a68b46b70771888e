// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same thing in other circumstances: in another zone and locale, or in several threads at once. */
final class Elsewhere {

    /** Zones and locales that trip code which takes the defaults: other digits, another calendar, a dotless i, date lines. */
    private static final List<Place> PLACES = List.of(
            new Place("Pacific/Kiritimati", "tr-TR"),
            new Place("America/St_Johns", "ar-EG-u-nu-arab"),
            new Place("Asia/Kathmandu", "th-TH-u-ca-buddhist-nu-thai"));

    private static final int THREADS = 4;

    private record Place(String zone, String locale) {}

    private Elsewhere() {}

    /**
     * The results in three places. A test that calls this locks {@code Resources.TIME_ZONE} and {@code Resources.LOCALE},
     * because the defaults are the whole Java process's; they are put back afterwards.
     */
    static <T> List<T> inOtherZonesAndLocales(Callable<T> task) throws Exception {
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        Locale display = Locale.getDefault(Locale.Category.DISPLAY);
        Locale format = Locale.getDefault(Locale.Category.FORMAT);
        List<T> results = new ArrayList<>();
        try {
            for (Place place : PLACES) {
                TimeZone.setDefault(TimeZone.getTimeZone(place.zone()));
                Locale.setDefault(Locale.forLanguageTag(place.locale()));
                results.add(task.call());
            }
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
            Locale.setDefault(Locale.Category.DISPLAY, display);
            Locale.setDefault(Locale.Category.FORMAT, format);
        }
        return results;
    }

    /**
     * The results of {@code times} calls in each of four threads that start at one moment. What a call throws is thrown
     * here.
     */
    static <T> List<T> inThreads(int times, Callable<T> task) throws Exception {
        Callable<List<T>> repeated = () -> {
            List<T> results = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                results.add(task.call());
            }
            return results;
        };
        return together(Collections.nCopies(THREADS, repeated)).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The results of these tasks, each in a thread of its own, that start at one moment. What one throws is thrown here. */
    static <T> List<T> together(List<? extends Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            List<T> all = new ArrayList<>();
            for (Future<T> future : futures) {
                all.add(future.get());
            }
            return all;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        } finally {
            threads.shutdownNow();
        }
    }
}

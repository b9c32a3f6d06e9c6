package io.largesse.coupons;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Threads that start at once. */
final class Together {

    private Together() {}

    /** What the tasks 0 to n - 1 returned, in their order; a failure of one fails all. */
    static <T> List<T> run(int n, IntFunction<Callable<T>> task) throws Exception {
        var threads = Executors.newFixedThreadPool(n);
        try {
            var ready = new CountDownLatch(n);
            var futures = new ArrayList<java.util.concurrent.Future<T>>();
            for (int i = 0; i < n; i++) {
                var work = task.apply(i);
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return work.call();
                }));
            }
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get(30, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        } finally {
            threads.shutdownNow();
        }
    }
}

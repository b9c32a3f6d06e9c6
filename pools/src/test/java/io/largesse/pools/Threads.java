package io.largesse.pools;

import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the same work in several threads that start together; what one throws, the test gets. */
final class Threads {

    interface Work {
        void run(int thread) throws Exception;
    }

    private Threads() {}

    static void run(int threads, Work work) throws Exception {
        var executor = Executors.newFixedThreadPool(threads);
        try {
            var start = new CyclicBarrier(threads);
            var results = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                results.add(executor.submit(() -> {
                    start.await();
                    work.run(thread);
                    return null;
                }));
            }
            for (var result : results) {
                result.get(30, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}

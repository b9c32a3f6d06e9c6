package io.largesse.samples.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Users of a crowd who claim at one node, a request each, as seen while they do. */
final class Wave {

    private final int users;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    final CompletableFuture<Void> done = new CompletableFuture<>();

    Wave(int users) {
        this.users = users;
    }

    /** Waits until the last of them was answered, or lost its connection. */
    void join() {
        done.join();
    }

    boolean isDone() {
        return done.isDone();
    }

    void awaitAnswered(int n) {
        Waiting.until(n + " answers", () -> answered.get() >= n);
    }

    /** Waits until so many have asked and have no answer. */
    void awaitOutstanding(int n) {
        Waiting.until(n + " requests without an answer", () -> asked.get() - answered.get() - lost.get() >= n);
    }

    /** How many have not been answered, most of whom have not asked yet. */
    int toCome() {
        return users - answered.get() - lost.get();
    }

    LoadLoop.Protocol counting(LoadLoop.Protocol claims) {
        return new LoadLoop.Protocol() {
            @Override
            public @Nullable ByteBuffer next(int number) {
                var request = claims.next(number);
                if (request != null) {
                    asked.incrementAndGet();
                }
                return request;
            }

            @Override
            public int length(ByteBuffer answer) {
                return claims.length(answer);
            }

            @Override
            public void answered(int number, ByteBuffer answer, long nanos) {
                claims.answered(number, answer, nanos);
                answered.incrementAndGet();
            }

            @Override
            public void lost(int number) {
                claims.lost(number);
                lost.incrementAndGet();
            }
        };
    }
}

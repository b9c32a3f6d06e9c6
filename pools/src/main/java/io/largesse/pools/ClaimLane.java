package io.largesse.pools;

import io.largesse.pools.ClaimAnswer.Unavailable.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one campaign and shard: one script call at a time, with all that has come meanwhile. Calls that follow
 * each other closely cost much more than the same requests in fewer calls, so one begins a moment after the last.
 */
final class ClaimLane {

    /** How often codes are looked for on behalf of one request, while others take what is found. */
    private static final int MOST_SEARCHES = 10;

    /** From the beginning of a call to that of the next, at least. */
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    /** Longer than any request to Redis takes; one that takes longer will never be answered. */
    private static final long LONGEST_MILLIS = 15_000;

    private final BiFunction<ClaimTerms, List<ClaimRequest>, CompletableFuture<List<ClaimAnswer>>> script;
    private final Supplier<CompletableFuture<Moves.Found>> search;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;
    private long nextNanos = System.nanoTime();

    /** @param search looks for codes once the shard has none */
    ClaimLane(
            BiFunction<ClaimTerms, List<ClaimRequest>, CompletableFuture<List<ClaimAnswer>>> script,
            Supplier<CompletableFuture<Moves.Found>> search) {
        this.script = script;
        this.search = search;
    }

    CompletableFuture<ClaimAnswer> add(ClaimTerms terms, ClaimRequest request) {
        var added = new Waiting(terms, request);
        synchronized (this) {
            waiting.addLast(added);
            if (busy) {
                return added.answer;
            }
            busy = true;
        }
        sendNext();
        return added.answer;
    }

    private void sendNext() {
        if (isIdle()) {
            return;
        }
        var early = nextNanos - System.nanoTime();
        if (early > 0 && !isFull()) {
            CompletableFuture.delayedExecutor(early, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> guarded(List.of(), this::sendNow));
        } else {
            sendNow();
        }
    }

    private synchronized boolean isIdle() {
        busy = !waiting.isEmpty();
        return !busy;
    }

    private void sendNow() {
        var batch = next();
        if (!batch.isEmpty()) {
            nextNanos = System.nanoTime() + PACE_NANOS;
            // the newest knows the campaign best
            var terms = batch.get(batch.size() - 1).terms;
            guarded(batch, () -> script.apply(
                            terms, batch.stream().map(w -> w.request).toList())
                    .orTimeout(LONGEST_MILLIS, TimeUnit.MILLISECONDS)
                    .whenComplete((answers, failure) -> guarded(batch, () -> received(batch, answers, failure))));
        }
    }

    /** Whatever goes wrong, those who wait are told, and the lane goes on. */
    private void guarded(List<Waiting> batch, Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            fail(batch, e);
        }
    }

    private synchronized boolean isFull() {
        return waiting.size() >= Claims.MOST_AT_ONCE;
    }

    private synchronized List<Waiting> next() {
        var batch = new ArrayList<Waiting>();
        while (batch.size() < Claims.MOST_AT_ONCE && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        busy = !batch.isEmpty();
        return batch;
    }

    private void received(List<Waiting> batch, @Nullable List<ClaimAnswer> answers, @Nullable Throwable failure) {
        if (failure != null || answers == null) {
            fail(batch, failure == null ? new IllegalStateException("no answer") : failure);
            return;
        }
        var without = new ArrayList<Waiting>();
        for (int i = 0; i < batch.size(); i++) {
            if (answers.get(i) instanceof ClaimAnswer.Empty) {
                without.add(batch.get(i));
            }
        }
        if (without.isEmpty()) {
            sendNext(); // first, so that Redis is at work while answers are written
        }
        for (int i = 0; i < batch.size(); i++) {
            if (!(answers.get(i) instanceof ClaimAnswer.Empty)) {
                batch.get(i).answer.complete(answers.get(i));
            }
        }
        if (!without.isEmpty()) {
            guarded(without, () -> search.get()
                    .orTimeout(LONGEST_MILLIS, TimeUnit.MILLISECONDS)
                    .whenComplete((found, lost) -> guarded(without, () -> searched(without, found, lost))));
        }
    }

    private void searched(List<Waiting> without, Moves.@Nullable Found found, @Nullable Throwable lost) {
        if (lost != null) {
            fail(without, lost);
            return;
        }
        var given = new ArrayList<Waiting>();
        synchronized (this) {
            for (int i = without.size() - 1; i >= 0; i--) {
                var one = without.get(i);
                if (found == Moves.Found.CLOSED || ++one.searches > MOST_SEARCHES) {
                    given.add(one);
                } else {
                    waiting.addFirst(one);
                }
            }
        }
        sendNext();
        var reason = found == Moves.Found.CLOSED ? Reason.GATE : Reason.MOVING;
        given.forEach(one -> one.answer.complete(new ClaimAnswer.Unavailable(reason)));
    }

    /** Also of those who would only wait to find out the same. */
    private void fail(List<Waiting> batch, Throwable failure) {
        var all = new ArrayList<>(batch);
        synchronized (this) {
            all.addAll(waiting);
            waiting.clear();
            busy = false;
        }
        all.forEach(one -> one.answer.completeExceptionally(failure));
    }

    private static final class Waiting {

        private final ClaimTerms terms;
        private final ClaimRequest request;
        private final CompletableFuture<ClaimAnswer> answer = new CompletableFuture<>();
        private int searches;

        private Waiting(ClaimTerms terms, ClaimRequest request) {
            this.terms = terms;
            this.request = request;
        }
    }
}

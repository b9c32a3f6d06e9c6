package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.pools.ClaimAnswer.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a lane does with whatever the script answers; the script itself is asked in {@link ClaimsTest}. */
class ClaimLaneTest {

    private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");
    private static final ClaimTerms TERMS = new ClaimTerms(1, 1, 1, NOW, 1, 0, null, NOW, NOW.plusSeconds(60), 500);

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ClaimLane lane =
            new ClaimLane(this::script, () -> CompletableFuture.completedFuture(Moves.Found.SOLD_OUT));
    private boolean broken;

    /** A call of the script, to be answered by the test. */
    private record Call(List<ClaimRequest> requests, CompletableFuture<List<ClaimAnswer>> answers, long at) {

        private void answer() {
            answers.complete(requests.stream().map(ClaimLaneTest::claimed).toList());
        }
    }

    private CompletableFuture<List<ClaimAnswer>> script(ClaimTerms terms, List<ClaimRequest> requests) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        var call = new Call(requests, new CompletableFuture<>(), System.nanoTime());
        calls.add(call);
        return call.answers;
    }

    private static ClaimAnswer claimed(ClaimRequest request) {
        return new Claimed("code of " + request.user(), NOW, NOW.plusSeconds(60), 1, false);
    }

    @Test
    void oneThatComesAloneGoesAtOnceAndThoseWhoComeMeanwhileGoTogether() {
        var begin = System.nanoTime();
        var first = add("a");
        assertThat(calls).hasSize(1);
        var second = add("b");
        var third = add("c");
        assertThat(calls).hasSize(1);

        calls.get(0).answer();
        assertThat(code(first)).isEqualTo("code of a");
        await(2);
        assertThat(calls.get(1).requests).extracting(ClaimRequest::user).containsExactly("b", "c");
        assertThat(calls.get(1).at - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(3));
        calls.get(1).answer();

        assertThat(List.of(code(second), code(third))).containsExactly("code of b", "code of c");
    }

    @Test
    void soManyAsFillACallDoNotWait() {
        var all = new ArrayList<CompletableFuture<ClaimAnswer>>();
        all.add(add("first"));
        for (int i = 0; i < Claims.MOST_AT_ONCE + 1; i++) {
            all.add(add("user-" + i));
        }

        calls.get(0).answer();
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).requests).hasSize(Claims.MOST_AT_ONCE);
        calls.get(1).answer();
        await(3);
        calls.get(2).answer();
        assertThat(all).allSatisfy(answer -> assertThat(code(answer)).startsWith("code of "));
    }

    @Test
    void whateverGoesWrongTheLaneGoesOn() {
        var one = add("a");
        var waiting = add("b");
        calls.get(0).answers.completeExceptionally(new IllegalStateException("Redis is away"));
        failed(one, "Redis is away");
        failed(waiting, "Redis is away");

        broken = true;
        failed(add("c"), "broken");
        broken = false;

        var short1 = add("d");
        await(2);
        calls.get(1).answers.complete(List.of());
        assertThatThrownBy(short1::join).isInstanceOf(CompletionException.class);

        var last = add("e");
        await(3);
        calls.get(2).answer();
        assertThat(code(last)).isEqualTo("code of e");
    }

    private CompletableFuture<ClaimAnswer> add(String user) {
        return lane.add(TERMS, new ClaimRequest(user, ""));
    }

    private static String code(CompletableFuture<ClaimAnswer> answer) {
        return ((Claimed) answer.orTimeout(30, TimeUnit.SECONDS).join()).code();
    }

    private static void failed(CompletableFuture<ClaimAnswer> answer, String why) {
        assertThatThrownBy(() -> answer.orTimeout(30, TimeUnit.SECONDS).join()).hasMessageContaining(why);
    }

    private void await(int n) {
        var patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (calls.size() < n && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(calls).hasSize(n);
    }
}

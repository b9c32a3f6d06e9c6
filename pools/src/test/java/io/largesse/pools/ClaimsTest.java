package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.largesse.coupons.ClaimEntry;
import io.largesse.pools.ClaimAnswer.Claimed;
import io.largesse.pools.ClaimAnswer.Refused;
import io.largesse.pools.ClaimAnswer.TooFast;
import io.largesse.pools.ClaimAnswer.Unavailable;
import io.largesse.pools.ClaimAnswer.Unavailable.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.client.codec.StringCodec;

class ClaimsTest extends RedisTest {

    private static final Instant NOW = Instant.parse("2026-11-11T12:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final long EPOCH = 1;

    private Claims claims;
    private ClaimLanes lanes;

    @BeforeEach
    void claims() {
        claims = new Claims(redisson, pools.shards(), 4_000);
        for (int shard = 0; shard < pools.shards(); shard++) {
            claims.setEpoch(shard, EPOCH);
        }
        claims.open();
        lanes = new ClaimLanes(claims, pools, shard -> EPOCH, work -> new Thread(work).start());
    }

    @Test
    void aClaimTakesOneCodeAndRepeatsItsAnswer() {
        fill(0, 2);
        fill(1, 2);
        fill(2, 2);
        fill(3, 2);

        var first = (Claimed) claim(terms(1), "alice", "");
        var again = (Claimed) claim(terms(1), "alice", "another-key");

        assertThat(first.repeated()).isFalse();
        assertThat(first.at()).isEqualTo(NOW);
        assertThat(first.validTo()).isEqualTo(END);
        assertThat(again).isEqualTo(new Claimed(first.code(), NOW, END, 1, true));
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(7);
        assertThat(claims.ofUser("alice", List.of(CAMPAIGN, CAMPAIGN + 1)))
                .containsExactly(new UserClaim(CAMPAIGN, first.code(), NOW, END, 1));
        assertThat(waiting("alice"))
                .containsExactly(new ClaimEntry(
                        shard("alice"),
                        waiting("alice").get(0).millis(),
                        waiting("alice").get(0).sequence(),
                        CAMPAIGN,
                        CAMPAIGN,
                        "alice",
                        1,
                        first.code(),
                        NOW,
                        NOW,
                        END,
                        500));
    }

    @Test
    void aKeyIsGoodForOneCouponAndTheLimitHolds() {
        fill(shard("alice"), 10);

        var one = (Claimed) claim(terms(2), "alice", "k1");
        var same = (Claimed) claim(terms(2), "alice", "k1");
        var two = (Claimed) claim(terms(2), "alice", "k2");

        assertThat(same.code()).isEqualTo(one.code());
        assertThat(two.code()).isNotEqualTo(one.code());
        assertThat(two.ordinal()).isEqualTo(2);
        assertThat(claim(terms(2), "alice", "k3")).isEqualTo(new Refused(ClaimRefusal.LIMIT));
        assertThat(((Claimed) claim(terms(2), "alice", "k2")).code()).isEqualTo(two.code());
        assertThat(claims.refusals("alice", CAMPAIGN, NOW)).containsExactly(new ClaimTrace(ClaimRefusal.LIMIT, NOW));
        assertThat(claims.refusals("bob", CAMPAIGN, NOW)).isEmpty();
    }

    @Test
    void requestsOfAUserAreLimitedAMinuteButNotRepetitions() {
        fill(shard("alice"), 100);
        var terms = new ClaimTerms(CAMPAIGN, CAMPAIGN, CAMPAIGN, NOW, 50, 3, null, NOW, END, 500);

        for (int i = 1; i <= 3; i++) {
            assertThat(claim(terms, "alice", "k" + i)).isInstanceOf(Claimed.class);
        }

        var slow = (TooFast) claim(terms, "alice", "k4");
        assertThat(slow.seconds()).isBetween(1, 80);
        assertThat(claims.refusals("alice", CAMPAIGN, NOW)).containsExactly(new ClaimTrace(ClaimRefusal.TOO_FAST, NOW));
        assertThat(claim(terms, "alice", "k1")).isInstanceOf(Claimed.class);
        assertThat(claim(at(slow.seconds() - 2), "alice", "k4")).isInstanceOf(TooFast.class);
        assertThat(claim(at(slow.seconds()), "alice", "k4")).isInstanceOf(Claimed.class);
        var again = (TooFast) claim(at(slow.seconds()), "alice", "k5");
        assertThat(claim(at(slow.seconds() + again.seconds()), "alice", "k5")).isInstanceOf(Claimed.class);
        assertThat(claim(at(600), "alice", "k6")).isInstanceOf(Claimed.class);
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(94);
    }

    /** Who is told to come again, and does, has not asked too often. */
    @Test
    void requestsThatAreTurnedAwayForTheMomentDoNotCount() {
        fill(shard("alice"), 1);
        pools.gates().close(CAMPAIGN);
        for (int i = 0; i < 10; i++) {
            assertThat(claim(at(i), "alice", "")).isEqualTo(new Unavailable(Reason.GATE));
        }
        pools.gates().open(CAMPAIGN);

        assertThat(claim(at(10), "alice", "")).isInstanceOf(Claimed.class);
    }

    @Test
    void aShardCountsOnAndNeverBack() {
        var before = claims.beats().get(2);
        var counted = claims.beat();
        assertThat(counted.get(2)).isEqualTo(before + 1);
        assertThat(claims.beats()).isEqualTo(counted);

        claims.catchUp(2, before + 100);
        claims.catchUp(2, before + 50);
        assertThat(claims.beats().get(2)).isEqualTo(before + 100);
        redisson.getKeys().delete(Keys.beat(2));
        assertThat(claims.beats().get(2)).isZero();
    }

    private static ClaimTerms at(int seconds) {
        return new ClaimTerms(CAMPAIGN, CAMPAIGN, CAMPAIGN, NOW.plusSeconds(seconds), 50, 3, null, NOW, END, 500);
    }

    @Test
    void nobodyClaimsWhatIsNotOpen() {
        fill(shard("alice"), 3);

        for (var why : List.of(ClaimRefusal.NOT_OPEN, ClaimRefusal.PAUSED, ClaimRefusal.OVER, ClaimRefusal.ENDED)) {
            var terms = new ClaimTerms(CAMPAIGN, CAMPAIGN, CAMPAIGN, NOW, 1, 0, why, NOW, END, 500);
            assertThat(claim(terms, "alice", "")).isEqualTo(new Refused(why));
        }
        assertThat(claims.refusals("alice", CAMPAIGN, NOW)).containsExactly(new ClaimTrace(ClaimRefusal.ENDED, NOW));

        pools.gates().close(CAMPAIGN);
        assertThat(claim(terms(1), "alice", "")).isEqualTo(new Unavailable(Reason.GATE));
        pools.gates().open(CAMPAIGN);
        claims.setEpoch(shard("alice"), EPOCH + 1);
        assertThat(claim(terms(1), "alice", "")).isEqualTo(new Unavailable(Reason.EPOCH));
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(3);
    }

    @Test
    void noMoreClaimsWaitThanMay() {
        var few = new Claims(redisson, pools.shards(), 2L * pools.shards());
        few.open();
        var users = usersOf(0, 3);
        fill(0, 10);

        var answers = few.claim(0, EPOCH, terms(1), false, requests(users)).join();

        assertThat(answers.subList(0, 2)).allMatch(answer -> answer instanceof Claimed);
        assertThat(answers.get(2)).isEqualTo(new Unavailable(Reason.BACKLOG));
        new ClaimStreams(redisson).settle(0, new ClaimStreams(redisson).peek(0, 10));
        assertThat(few.claim(0, EPOCH, terms(1), false, requests(users.subList(2, 3)))
                        .join()
                        .get(0))
                .isInstanceOf(Claimed.class);
    }

    /** Codes stand in one shard, users in all; there is one code less than users. */
    @Test
    void theLastCodeGoesToOneUserAndOnlyThenAllIsSold() {
        fill(2, 99);
        var users = IntStream.range(0, 100).mapToObj(i -> "user-" + i).toList();

        var answers = users.stream().map(user -> lanes.claim(terms(1), new ClaimRequest(user, ""))).toList().stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).filteredOn(answer -> answer instanceof Claimed).hasSize(99);
        assertThat(answers.stream().filter(answer -> answer instanceof Claimed).map(answer -> ((Claimed) answer)
                        .code()))
                .doesNotHaveDuplicates();
        assertThat(answers)
                .filteredOn(new Refused(ClaimRefusal.SOLD_OUT)::equals)
                .hasSize(1);
        assertThat(pools.level(CAMPAIGN).sum()).isZero();
        assertThat(pools.moves().onTheMove(CAMPAIGN)).isEmpty();
    }

    @Test
    void aTopUpOpensItAgain() {
        pools.gates().open(CAMPAIGN);
        assertThat(lanes.claim(terms(1), new ClaimRequest("alice", "")).join())
                .isEqualTo(new Refused(ClaimRefusal.SOLD_OUT));
        fill((shard("alice") + 1) % pools.shards(), 1);

        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        lanes.claim(terms(1), new ClaimRequest("alice", "")).join() instanceof Claimed);
    }

    /** A node that died between two steps of a move: whoever finds it carries it to its end, once. */
    @Test
    void aMoveThatWasLeftIsCarriedOn() {
        int to = shard("alice");
        int from = (to + 1) % pools.shards();
        fill(from, 10);
        var scripts = new Scripts(redisson);
        scripts.run(
                "move",
                Script.MOVE_OUT,
                List.of(
                        Keys.pool(from, CAMPAIGN),
                        Keys.gate(from, CAMPAIGN),
                        Keys.moves(from, CAMPAIGN),
                        Keys.moving(from, CAMPAIGN, to)),
                to,
                10);
        assertThat(pools.level(CAMPAIGN).sum()).isZero();
        assertThat(pools.moves().onTheMove(CAMPAIGN)).hasSize(10);

        assertThat(lanes.claim(terms(1), new ClaimRequest("alice", "")).join()).isInstanceOf(Claimed.class);

        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(9);
        assertThat(pools.moves().finish(CAMPAIGN)).isTrue();
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(9);
    }

    @Test
    void whatSomebodyWasGivenAndDidNotSettleAnotherFinds() {
        fill(0, 5);
        var users = usersOf(0, 5);
        claims.claim(0, EPOCH, terms(1), false, requests(users)).join();
        var streams = new ClaimStreams(redisson);

        var given = streams.read(0, 3);
        assertThat(streams.read(0, 10)).hasSize(2).doesNotContainAnyElementsOf(given);
        assertThat(streams.read(0, 10)).isEmpty();
        var later = Instant.now().plusSeconds(1);
        assertThat(streams.abandoned(0, null, later.minusSeconds(3600), 10)).isEmpty();
        assertThat(streams.abandoned(0, null, later, 10)).hasSize(5).containsAll(given);
        assertThat(streams.abandoned(0, given.get(2), later, 10)).hasSize(2).doesNotContainAnyElementsOf(given);
        redisson.<String, String>getStream("{s0}:claims", StringCodec.INSTANCE)
                .add(StreamAddArgs.entry("7", "of a version that nobody knows here"));
        assertThat(streams.read(0, 10)).isEmpty();
        assertThat(streams.abandoned(0, null, later, 10)).hasSize(5);
        streams.settle(0, given);

        assertThat(streams.abandoned(0, null, later, 10)).hasSize(2);
        assertThat(streams.waiting(0)).isEqualTo(3);
        assertThat(streams.oldest(0)).isNotNull();
        assertThat(streams.lastId(0)[0]).isPositive();
    }

    @Test
    void aClaimedCodeIsReplacedWhereItStands() {
        fill(shard("alice"), 5);
        var one = (Claimed) claim(terms(3), "alice", "k1");
        var two = (Claimed) claim(terms(3), "alice", "k2");

        assertThat(claims.replace(CAMPAIGN, "alice", one.code(), "OTHER")).isTrue();
        assertThat(((Claimed) claim(terms(3), "alice", "k1")).code()).isEqualTo("OTHER");
        assertThat(claims.replace(CAMPAIGN, "alice", two.code(), null)).isTrue();
        assertThat(claims.replace(CAMPAIGN, "alice", "NEVER", "X")).isFalse();
        assertThat(claims.ofUser("alice", List.of(CAMPAIGN)))
                .extracting(UserClaim::code)
                .containsExactly("OTHER");
    }

    /** Somebody must first look whether it has lost claims. */
    @Test
    void aRedisThatWasStartedAnewAnswersNoClaimUntilItIsOpened() {
        fill(shard("alice"), 5);
        var code = ((Claimed) claim(terms(1), "alice", "")).code();
        redis.kill();
        redis.startAgain();

        assertThat(claims.isOpen()).isFalse();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> claim(terms(1), "alice", ""))
                .withCauseInstanceOf(PoolsUnavailableException.class);
        claims.open();
        assertThat(((Claimed) claim(terms(1), "alice", "")).code()).isEqualTo(code);
    }

    @Test
    void forgottenClaimsAreRememberedAndKnownOnesKeepTheirKeys() {
        fill(shard("alice"), 5);
        var known = ((Claimed) claim(terms(3), "alice", "k2")).code();

        claims.remember(
                shard("alice"),
                CAMPAIGN,
                Map.of(
                        "alice",
                        List.of(
                                new UserClaim(CAMPAIGN, "FIRST", NOW, END, 1),
                                new UserClaim(CAMPAIGN, known, NOW, END, 2)),
                        "bob",
                        List.of(new UserClaim(CAMPAIGN, "OF-BOB", NOW, END, 1))));

        assertThat(claims.ofUser("alice", List.of(CAMPAIGN)))
                .extracting(UserClaim::code)
                .containsExactly("FIRST", known);
        assertThat(((Claimed) claim(terms(3), "alice", "k2")).code()).isEqualTo(known);
        assertThat(((Claimed) claim(terms(3), "alice", "k3")).ordinal()).isEqualTo(3);
        assertThat(claim(terms(3), "alice", "k4")).isEqualTo(new Refused(ClaimRefusal.LIMIT));
    }

    private ClaimAnswer claim(ClaimTerms terms, String user, String key) {
        return claims.claim(shard(user), EPOCH, terms, false, List.of(new ClaimRequest(user, key)))
                .join()
                .get(0);
    }

    private static ClaimTerms terms(int limit) {
        return new ClaimTerms(CAMPAIGN, CAMPAIGN, CAMPAIGN, NOW, limit, 0, null, NOW, END, 500);
    }

    private int shard(String user) {
        return claims.users().of(user);
    }

    private List<ClaimEntry> waiting(String user) {
        return new ClaimStreams(redisson).peek(shard(user), 10);
    }

    private List<String> usersOf(int shard, int n) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "user-" + i)
                .filter(user -> shard(user) == shard)
                .limit(n)
                .toList();
    }

    private static List<ClaimRequest> requests(List<String> users) {
        return users.stream().map(user -> new ClaimRequest(user, "")).toList();
    }

    private void fill(int shard, int n) {
        pools.gates().open(CAMPAIGN);
        var first = 1 + shard * 1_000;
        push(new ShardRange(1, shard, first, first + 999), first, codes(first, n));
    }
}

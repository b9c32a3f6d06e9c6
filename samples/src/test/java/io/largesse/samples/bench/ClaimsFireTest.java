package io.largesse.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.app.claim.UserTokens;
import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RunState;
import io.largesse.jobs.BookDesk;
import io.largesse.jobs.Books;
import io.largesse.jobs.CodeDesk;
import io.largesse.jobs.SweepDesk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users claim at two nodes while everything happens that may; their own log says what must be in the tables. */
class ClaimsFireTest {

    private static final int USERS = 1_500;
    private static final double PER_SECOND = 400;

    private static final Site SITE = SharedSite.get();
    private static ClaimNode one;
    private static ClaimNode two;

    @BeforeAll
    static void start() {
        one = ClaimNode.start(SITE);
        two = ClaimNode.start(SITE);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    @BeforeEach
    void open() {
        Crowd.awaitOpen(SITE, one, two);
    }

    /** A third of the users ask at both nodes at once; there is not enough for all, and more comes in between. */
    @Test
    void aGrantAndATopUpBesideTheCrowd() {
        var campaign = SITE.campaign(1_200);
        generate(campaign.name(), 1_000);
        var grant = SITE.trial(campaign, 900_001, 300).checked();
        var crowd = new Crowd(SITE, campaign);

        // no more users than leave the grant what it needs, however long it takes
        var first = List.of(crowd.claims(one, 1, 400, PER_SECOND / 3), crowd.claims(two, 201, 400, PER_SECOND / 3));
        first.forEach(wave -> wave.awaitAnswered(20));
        assertThat(grant.issueHere().state()).isEqualTo(RunState.DONE);
        var second = List.of(crowd.claims(one, 601, 600, PER_SECOND / 3), crowd.claims(two, 901, 600, PER_SECOND / 3));
        second.forEach(wave -> wave.awaitAnswered(20));
        generate(campaign.name(), 200);
        var all = Stream.concat(first.stream(), second.stream()).toList();
        do {
            var books = books(campaign);
            assertThat(books.balance()).as("nothing false is told: %s", books).isTrue();
        } while (!all.stream().allMatch(Wave::isDone));
        all.forEach(Wave::join);
        crowd.awaitWritten();

        assertThat(crowd.findings()).isEmpty();
        assertThat(crowd.claimed()).isBetween(700, 900);
        assertThat(crowd.errors()).isZero();
        assertThat(crowd.refused()).isPositive();
        try (var sql = SITE.stores.sql()) {
            assertThat(sql.number("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign.id()))
                    .isEqualTo(300L + crowd.claimed());
            assertThat(sql.number(
                            "SELECT count(*) FROM coupon WHERE source_kind = 'GRANT' AND source_id = ?", grant.id()))
                    .isEqualTo(300);
        }
    }

    /** Each user asks many times at once, at both nodes, for more than he may have. */
    @Test
    void nobodyGetsMoreThanTheLimitHoweverHeAsks() {
        var campaign = SITE.stocked(400, 3);
        var users = IntStream.rangeClosed(1, 40).mapToObj(ClaimsFireTest::token).toList();
        var stranger = SITE.the(UserTokens.class).make("stranger", Duration.ofHours(1));
        Waiting.until("a node to know of the campaign", () -> one.claim(campaign.name(), stranger) == 403);
        Waiting.until("the other to know of it", () -> two.claim(campaign.name(), stranger) == 403);
        var threads = Executors.newFixedThreadPool(32);

        var answers = IntStream.range(0, 40 * 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? one : two).claim(campaign.name(), users.get(i % 40)), threads))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        threads.shutdown();
        var crowd = new Crowd(SITE, campaign);
        crowd.awaitWritten();

        assertThat(answers).isSubsetOf(201, 409);
        try (var sql = SITE.stores.sql()) {
            assertThat(sql.texts(
                            "SELECT count(*) || ' of ' || user_id FROM coupon WHERE campaign_id = ? GROUP BY user_id",
                            campaign.id()))
                    .hasSize(40)
                    .allMatch(line -> line.startsWith("3 of "));
        }
        assertThat(SITE.auditor.findingsInCodes(campaign.id())).isEmpty();
        assertThat(books(campaign).balance()).isTrue();
    }

    @Test
    void aNodeKilledInTheMidstLosesNothingThatItAnswered() {
        var crowd = crowd();
        try (var third = ClaimNode.start(SITE)) {
            var dying = crowd.claims(third, 1, USERS, PER_SECOND);
            var living = crowd.claims(one, 10_001, USERS, PER_SECOND);
            dying.awaitAnswered(200);
            third.program().freeze();
            dying.awaitOutstanding(Crowd.CONNECTIONS);
            third.kill();
            dying.join();
            living.join();
        }
        crowd.awaitWritten();

        assertThat(crowd.findings()).isEmpty();
        assertThat(crowd.claimed()).isGreaterThan(USERS);
        assertThat(crowd.errors()).isPositive();
    }

    @Test
    void redisKilledInTheMidst() {
        var crowd = crowd();
        var here = crowd.claims(one, 1, USERS, PER_SECOND);
        var there = crowd.claims(two, 10_001, USERS, PER_SECOND);
        awaitMidst(here, there);
        SITE.faults.killRedis();
        requireMidst(here, there);
        here.join();
        there.join();
        crowd.awaitWritten();

        assertThat(crowd.findings()).isEmpty();
        assertThat(crowd.claimed()).as("before").isPositive();
        Crowd.awaitOpen(SITE, one, two);
        var after = new Crowd(SITE, SITE.stocked(200));
        after.claims(one, 20_001, 100, PER_SECOND).join();
        after.claims(two, 20_101, 100, PER_SECOND).join();
        assertThat(after.claimed()).isEqualTo(200);
    }

    @Test
    void postgresKilledInTheMidstIsNotNoticedByTheCrowd() {
        var crowd = crowd();
        var here = crowd.claims(one, 1, USERS, PER_SECOND);
        var there = crowd.claims(two, 10_001, USERS, PER_SECOND);
        awaitMidst(here, there);
        SITE.faults.killPostgres();
        requireMidst(here, there);
        here.join();
        there.join();
        crowd.awaitWritten();

        assertThat(crowd.findings()).isEmpty();
        assertThat(crowd.errors()).isZero();
        assertThat(crowd.claimed()).isEqualTo(2 * USERS);
    }

    /** It is not dead: connections stand, and nothing is answered. */
    @Test
    void postgresThatFallsSilentIsNotNoticedByTheCrowd() {
        var crowd = crowd();
        var here = crowd.claims(one, 1, USERS, PER_SECOND);
        var there = crowd.claims(two, 10_001, USERS, PER_SECOND);
        awaitMidst(here, there);
        SITE.faults.silencePostgres();
        try {
            requireMidst(here, there);
            here.join();
            there.join();
            assertThat(crowd.errors()).isZero();
            assertThat(crowd.claimed()).isEqualTo(2 * USERS);
        } finally {
            SITE.faults.wakePostgres();
        }
        crowd.awaitWritten();

        assertThat(crowd.findings()).isEmpty();
    }

    /** Claims that are written, forgotten by Redis: nobody gets a second coupon, and no code a second user. */
    @Test
    void redisThatWentBackInTimeIsNoticedBeforeItAnswers() {
        var campaign = SITE.stocked(4 * USERS);
        var before = new Crowd(SITE, campaign);
        before.claims(one, 1, 300, PER_SECOND).join();
        before.awaitWritten();
        var backup = SITE.backupRedis();
        before.claims(two, 301, 300, PER_SECOND).join();
        before.awaitWritten();
        assertThat(before.findings()).isEmpty();
        var noticed = noticed();
        SITE.restoreRedis(backup);

        var after = new Crowd(SITE, campaign);
        claimAgainAndAnew(after);
        after.awaitWritten();
        Crowd.awaitOpen(SITE, one, two);
        claimAgainAndAnew(after); // some, or all, were only told to come again
        after.awaitWritten();

        assertThat(before.findings()).isEmpty();
        assertThat(after.findings()).isEmpty();
        assertThat(after.claimed()).isEqualTo(900);
        assertThat(noticed()).isGreaterThan(noticed);
    }

    /** Codes that a grant took, back in the pool: nobody has claimed anything since, and yet nobody is told one of them. */
    @Test
    void redisThatWentBackInTimeIsNoticedThoughNobodyHadClaimed() {
        var campaign = SITE.stocked(1_000);
        var backup = SITE.backupRedis();
        assertThat(SITE.trial(campaign, 900_001, 500).checked().issueHere().state())
                .isEqualTo(RunState.DONE);
        var beat = beat();
        Waiting.until("nodes to count on", () -> beat() > beat + 2);
        SITE.restoreRedis(backup);

        var crowd = new Crowd(SITE, campaign);
        crowd.claims(one, 1, 200, PER_SECOND).join();
        Crowd.awaitOpen(SITE, one, two);
        crowd.claims(one, 1, 200, PER_SECOND).join();
        crowd.awaitWritten();

        assertThat(crowd.claimed()).isEqualTo(200);
        try (var sql = SITE.stores.sql()) {
            assertThat(sql.number(
                            "SELECT count(*) FROM audit WHERE what = 'claim.code-came-back' AND subject = 'campaign "
                                    + campaign.name() + "'"))
                    .as("nobody was told a code that is somebody else's")
                    .isZero();
        }
        assertThat(crowd.findings()).isEmpty();
    }

    private static long beat() {
        try (var sql = SITE.stores.sql()) {
            return sql.number("SELECT min(beat) FROM claim_beat");
        }
    }

    /** It does not hear of the pause, and another node writes what it answers: nothing else would ever stop it. */
    @Test
    void aNodeThatAloneHasLostPostgresAnswersNoClaimsUntilItHearsAgain() {
        var campaign = SITE.stocked(1_000);
        try (var way = Forwarder.to(SITE.stores.postgresPort());
                var apart = ClaimNode.start(SITE, SITE.stores.environmentBy(way.port()))) {
            Waiting.until("a node to know of the campaign", () -> apart.claim(campaign.name(), token(1)) / 100 == 2);
            way.cut();
            SITE.the(Campaigns.class).pause(campaign, Site.operator());

            Waiting.until("the node to notice", () -> apart.claim(campaign.name(), token(2)) == 503);
            assertThat(apart.ask("GET", "/actuator/health/readiness", token(1)).statusCode())
                    .as("others fare better")
                    .isEqualTo(503);
            assertThat(one.claim(campaign.name(), token(3))).isEqualTo(403);
            way.restore();

            var user =
                    new AtomicInteger(100); // each asks once: nobody is answered before the node has heard of the pause
            Waiting.until("the node to hear", () -> {
                var status = apart.claim(campaign.name(), token(user.incrementAndGet()));
                assertThat(status).isIn(503, 403);
                return status == 403;
            });
            Waiting.until(
                    "it to be ready",
                    () -> apart.ask("GET", "/actuator/health/readiness", token(1))
                                    .statusCode()
                            == 200);
        }
    }

    private static String token(int user) {
        return SITE.the(UserTokens.class).make("U" + (7_000_000 + user), Duration.ofHours(1));
    }

    private static void claimAgainAndAnew(Crowd crowd) {
        var again = crowd.claims(one, 1, 600, PER_SECOND);
        var others = crowd.claims(two, 10_001, 300, PER_SECOND);
        again.join();
        others.join();
    }

    private static long noticed() {
        try (var sql = SITE.stores.sql()) {
            return sql.number("SELECT count(*) FROM audit WHERE what = 'claims.redis-went-back'");
        }
    }

    /** Nobody restarts it. */
    @Test
    void aGrantWhoseProcessDiedIsFinishedByANode() {
        var grant = SITE.trial(900);
        try (var trap = Trap.set(SITE.stores, Moment.COUPONS_ISSUED, 5, Trap.Point.COMMIT);
                var program = grant.start()) {
            trap.awaitCatch(program);
            program.kill();
        }
        Waiting.until("a node to finish the grant", () -> grant.findings().isEmpty());

        assertThat(grant.state()).isEqualTo("DONE");
    }

    /** Of one campaign: what is past its end is swept, again and again, while coupons of the same pages are issued. */
    @Test
    void aSweepBesideTheCrowdAndAGrantTakesWhatIsPastItsEndAndNothingElse() {
        var campaign = SITE.stocked(2_500);
        assertThat(SITE.trial(campaign, 900_001, 500).checked().issueHere().state())
                .isEqualTo(RunState.DONE);
        try (var sql = SITE.stores.sql()) {
            sql.run("UPDATE coupon SET valid_to = now() - interval '1 minute' WHERE campaign_id = " + campaign.id());
        }
        var grant = SITE.trial(campaign, 800_001, 500).checked();
        var crowd = new Crowd(SITE, campaign);
        var waves = List.of(crowd.claims(one, 1, 700, PER_SECOND / 2), crowd.claims(two, 1_001, 700, PER_SECOND / 2));
        waves.forEach(wave -> wave.awaitAnswered(20));
        var issued = CompletableFuture.supplyAsync(() -> grant.issueHere().state());

        do {
            var swept = SITE.the(SweepDesk.class).sweep(campaign, null, Site.operator(), progress -> {});
            assertThat(swept.state()).isEqualTo(RunState.DONE);
        } while (!issued.isDone() || !waves.stream().allMatch(Wave::isDone));
        assertThat(issued.join()).isEqualTo(RunState.DONE);
        waves.forEach(Wave::join);
        crowd.awaitWritten();

        assertThat(crowd.findings()).isEmpty();
        assertThat(crowd.claimed()).isEqualTo(1_400);
        try (var sql = SITE.stores.sql()) {
            assertThat(sql.texts(
                            "SELECT status || ' ' || count(*) FROM coupon WHERE campaign_id = ? GROUP BY status ORDER BY 1",
                            campaign.id()))
                    .containsExactly("EXPIRED 500", "ISSUED 1900");
        }
        assertThat(books(campaign).balance()).isTrue();
    }

    private static Crowd crowd() {
        return new Crowd(SITE, SITE.stocked(4 * USERS));
    }

    private static void generate(String name, long count) {
        var campaign = SITE.the(Campaigns.class).byName(name);
        var generated = SITE.the(CodeDesk.class).generate(campaign, count, Site.operator(), progress -> {});
        assertThat(generated.state()).isEqualTo(RunState.DONE);
    }

    private static void awaitMidst(Wave... waves) {
        for (var wave : waves) {
            wave.awaitAnswered(200);
        }
    }

    /** What has just befallen them has befallen somebody. */
    private static void requireMidst(Wave... waves) {
        assertThat(waves).allSatisfy(wave -> assertThat(wave.toCome()).isPositive());
    }

    private static Books books(Campaign campaign) {
        var found = new ArrayList<Books>();
        SITE.the(BookDesk.class).reconcile(campaign, new Actor("test", "test", "books"), progress -> {}, found::add);
        return found.get(0);
    }
}

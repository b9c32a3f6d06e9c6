package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodes;

/** Servers that die under a grant, launches that race. What counts is judged by SQL and by the pools themselves. */
class FaultTest {

    private static final int USERS = 30_000;

    /** The common pool has a single thread on two cores. */
    private static final Executor THREAD_EACH = work -> new Thread(work).start();

    private Node node;

    @BeforeEach
    void start() {
        node = Node.startWithChunk(500);
    }

    @AfterEach
    void stop() {
        new Ambush(node).lift();
        node.close();
    }

    @Test
    void postgresKilledWhileCouponsAreIssued() throws Exception {
        var campaign = campaign();
        var grant = checked(campaign);

        try (var hold = new Ambush(node).holdChunk("issue-part%", 3)) {
            var issued = CompletableFuture.supplyAsync(
                    () -> node.grants()
                            .issue(grant.id(), Node.operator(), p -> {})
                            .state(),
                    THREAD_EACH);
            hold.awaitCaught();
            assertThat(coupons(campaign)).isBetween(1L, USERS - 1L);
            Node.faults().killPostgres();
            hold.awaitLost();
            assertThat(issued.get()).isEqualTo(RunState.FAILED);
        }

        restartUntilDone(grant);
        requireExact(campaign);
    }

    @Test
    void redisKilledWhileCodesAreAllotted() throws Exception {
        var campaign = campaign();
        var grant = checked(campaign);

        RunState outcome;
        try (var hold = new Ambush(node).holdBlock(3)) {
            var issued = CompletableFuture.supplyAsync(
                    () -> node.grants()
                            .issue(grant.id(), Node.operator(), p -> {})
                            .state(),
                    THREAD_EACH);
            hold.awaitCaught();
            awaitAllHandedToTheSystem();
            Node.faults().killRedis();
            hold.close();
            outcome = issued.get();
        }

        assertThat(outcome).as("it waits, and goes on").isEqualTo(RunState.DONE);
        requireExact(campaign);
    }

    @Test
    void whoeverWaitsForRedisSaysSoAndCanBeStopped() throws Exception {
        var campaign = campaign();
        var grant = checked(campaign);
        Node.faults().silenceRedis();
        RunOutcome stopped;
        try {
            var waits = new CompletableFuture<Boolean>();
            var issued = CompletableFuture.supplyAsync(
                    () -> node.grants().issue(grant.id(), Node.operator(), p -> {
                        if (p.phase().equals("redis")) {
                            waits.complete(true);
                        }
                    }),
                    THREAD_EACH);
            assertThat(waits.get(60, TimeUnit.SECONDS)).isTrue();
            node.grants().stop(grant.id(), Node.operator());
            stopped = issued.get();
        } finally {
            Node.faults().wakeRedis();
        }

        assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        assertThat(node.grants().restart(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        requireExact(campaign);
    }

    @Test
    void postgresKilledWhileRowsAreStaged() throws Exception {
        var campaign = campaign();
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(USERS)), Node.operator());

        try (var hold = new Ambush(node).holdChunk("stage", 3)) {
            var checked = CompletableFuture.supplyAsync(
                    () -> node.grants()
                            .check(grant.id(), Node.operator(), p -> {})
                            .state(),
                    THREAD_EACH);
            hold.awaitCaught();
            Node.faults().killPostgres();
            hold.awaitLost();
            assertThat(checked.get()).isEqualTo(RunState.FAILED);
        }

        restartUntilDone(grant);
        requireExact(campaign);
    }

    @Test
    void theObjectStoreAwayAtTheReportLeavesItPending() {
        var campaign = campaign();
        var grant = checked(campaign);
        Node.faults().stopObjectStore();
        try {
            var outcome = node.grants().issue(grant.id(), Node.operator(), p -> {});
            assertThat(outcome.state()).isEqualTo(RunState.DONE);
        } finally {
            Node.faults().startObjectStore();
        }
        assertThat(node.bean(Grants.class).find(grant.id()).state()).isEqualTo(GrantState.DONE);
        assertThat(node.bean(Grants.class).find(grant.id()).reportKey()).isNull();
        requireExact(campaign);
        node.grants()
                .report(grant.id(), java.util.Locale.ENGLISH, java.nio.file.Path.of("target", "pending-report.xlsx"));
        assertThat(java.nio.file.Path.of("target", "pending-report.xlsx")).isNotEmptyFile();
    }

    @Test
    void twoLaunchesOfOneGrantIssueItOnce() throws Exception {
        try (var other = Node.startWithChunk(500)) {
            var campaign = campaign();
            var grant = checked(campaign);
            var first = CompletableFuture.supplyAsync(() -> launch(node, grant), THREAD_EACH);
            var second = CompletableFuture.supplyAsync(() -> launch(other, grant), THREAD_EACH);

            assertThat(first.get()).isNotEqualTo(second.get());
            requireExact(campaign);
        }
    }

    @Test
    void twoGrantsThatTogetherNeedMoreThanThePoolHas() throws Exception {
        var campaign = node.campaign(50_000);
        node.generate(campaign, 50_000);
        var one = checked(campaign);
        var two = node.grants().receive(Node.request(campaign, 1, Node.list(USERS, "U999999")), Node.operator());
        node.grants().check(two.id(), Node.operator(), p -> {});

        var first = CompletableFuture.supplyAsync(
                () -> node.grants().issue(one.id(), Node.operator(), p -> {}).state(), THREAD_EACH);
        var second = CompletableFuture.supplyAsync(
                () -> node.grants().issue(two.id(), Node.operator(), p -> {}).state(), THREAD_EACH);

        // both may find too few while the other holds codes, but never may both pass, nor a code be lost
        var issued = (first.get() == RunState.DONE ? USERS : 0) + (second.get() == RunState.DONE ? USERS + 1 : 0);
        assertThat(issued).isLessThanOrEqualTo(50_000);
        assertThat(coupons(campaign)).isEqualTo(issued);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(50_000 - issued);
    }

    @Test
    void aSilentOwnersRunIsTakenOverAndItsTokenIsRefused() {
        var campaign = campaign();
        var grant = checked(campaign);
        var runs = node.bean(Runs.class);
        var dead = runs.start(
                RunSpec.beside("issue-grant", grant.subject(), "grant=" + grant.id(), grant.campaignId()),
                Node.operator(),
                "dead:1:x");
        node.bean(Grants.class).move(grant.id(), GrantState.APPROVED);
        node.bean(Grants.class).running(grant.id());
        node.sql().update("UPDATE run SET lease_until = now() WHERE id = ?", dead.run());

        assertThat(node.grants().restart(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);

        assertThatThrownBy(() -> runs.fence(dead)).isInstanceOf(io.largesse.coupons.FencedException.class);
        requireExact(campaign);
    }

    private static boolean launch(Node node, Grant grant) {
        try {
            return node.grants().issue(grant.id(), Node.operator(), p -> {}).state() == RunState.DONE;
        } catch (RefusedException e) {
            return false;
        }
    }

    private Campaign campaign() {
        var campaign = node.campaign(USERS + 100);
        node.generate(campaign, USERS + 100);
        return campaign;
    }

    private Grant checked(Campaign campaign) {
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(USERS)), Node.operator());
        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        return node.bean(Grants.class).find(grant.id());
    }

    private void restartUntilDone(Grant grant) {
        await().atMost(Duration.ofSeconds(180))
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    // a run that could not tell its end keeps its lease
                    node.sql().update("UPDATE run SET lease_until = now() WHERE subject = ?", grant.subject());
                    var state = node.bean(Grants.class).find(grant.id()).state();
                    return state == GrantState.DONE
                            || node.grants()
                                            .restart(grant.id(), Node.operator(), p -> {})
                                            .state()
                                    == RunState.DONE;
                });
    }

    private void requireExact(Campaign campaign) {
        assertThat(coupons(campaign)).isEqualTo(USERS);
        assertThat(node.count("SELECT count(DISTINCT user_id) FROM coupon WHERE campaign_id = ?", campaign.id()))
                .isEqualTo(USERS);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(100);
    }

    private long coupons(Campaign campaign) {
        return node.count("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign.id());
    }

    /** Redis hands what it answered to the system a moment later at times; a kill takes what it has not yet. */
    private void awaitAllHandedToTheSystem() {
        var server =
                node.bean(RedissonClient.class).getRedisNodes(RedisNodes.SINGLE).getInstance();
        await().atMost(Duration.ofSeconds(60)).until(() -> server.info(RedisNode.InfoSection.PERSISTENCE)
                .get("aof_buffer_length")
                .equals("0"));
    }
}

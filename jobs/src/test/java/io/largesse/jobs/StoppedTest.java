package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.CodeFormat;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stop is a request, then a fact, at most a chunk apart. The chunk under way is held until the request is on record. */
class StoppedTest {

    private static final int USERS = 2_000;

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.startWithChunk(500);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void lift() {
        new Ambush(node).lift();
    }

    @Test
    void aGrantThatWasStoppedGoesOnWithARestart() {
        var campaign = node.campaign(USERS);
        node.generate(campaign, USERS);
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(USERS)), Node.OPERATOR);
        node.grants().check(grant.id(), Node.OPERATOR, p -> {});

        try (var hold = new Ambush(node).holdChunk("issue-part%", 2)) {
            var stopped = node.grants().issue(grant.id(), Node.OPERATOR, onceUnderWay("issue", hold, () -> node.grants()
                    .stop(grant.id(), Node.OPERATOR)));
            assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        }
        var before = coupons("count(*)", campaign);
        assertThat(before).isBetween(1L, USERS - 1L);
        assertThat(node.bean(Grants.class).find(grant.id()).issued()).isEqualTo(before);

        var outcome = node.grants().restart(grant.id(), Node.OPERATOR, p -> {});
        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        assertThat(coupons("count(DISTINCT user_id)", campaign)).isEqualTo(USERS);
        assertThat(coupons("count(*)", campaign)).isEqualTo(USERS);
        assertThat(node.pools().level(campaign.pool()).sum()).isZero();
    }

    /** Whether one of its codes is the other's too is asked for all of them at once: minutes if each is compared with each. */
    @Test
    @Timeout(60)
    void aGrantBesideAnEarlierOneThatHoldsManyCodesIsAsQuick() {
        var many = 20_000;
        var campaign = node.campaign(2 * many);
        node.generate(campaign, 2 * many);
        var earlier = node.grants().receive(Node.request(campaign, 1, Node.list(many)), Node.OPERATOR);
        node.grants().check(earlier.id(), Node.OPERATOR, p -> {});
        try (var hold = new Ambush(node).holdChunk("issue-part%", 2)) {
            var stopped = node.grants()
                    .issue(earlier.id(), Node.OPERATOR, onceUnderWay("issue", hold, () -> node.grants()
                            .stop(earlier.id(), Node.OPERATOR)));
            assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        }
        var later = node.grants().receive(Node.request(campaign, 1, Node.list(many - 1)), Node.OPERATOR);
        node.grants().check(later.id(), Node.OPERATOR, p -> {});

        assertThat(node.grants().issue(later.id(), Node.OPERATOR, p -> {}).state())
                .isEqualTo(RunState.DONE);
        assertThat(node.grants().restart(earlier.id(), Node.OPERATOR, p -> {}).state())
                .isEqualTo(RunState.DONE);
        assertThat(coupons("count(DISTINCT code)", campaign)).isEqualTo(2 * many - 1);
    }

    @Test
    void generatingThatWasStoppedGoesOnWithoutMakingACodeTwice() {
        var codes = 400_000; // three chunks a shard
        var campaign = node.campaign(codes, CodeFormat.SEQUENTIAL);
        var runs = node.bean(Runs.class);

        try (var hold = new Ambush(node).holdChunk("push-part:shard-0", 1)) {
            var stopped = node.codes()
                    .generate(
                            campaign,
                            codes,
                            Node.operator(),
                            onceUnderWay(
                                    "generate",
                                    hold,
                                    () -> runs.requestStop(runs.latest(1).get(0).id())));
            assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
            assertThat(node.pools().level(campaign.pool()).sum()).isBetween(1L, codes - 1L);

            var outcome = node.codes().restart(stopped.run(), Node.operator(), p -> {});
            assertThat(outcome.state()).isEqualTo(RunState.DONE);
        }
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(codes);
        assertThat(node.takeAll(campaign)).hasSize(codes).doesNotHaveDuplicates();
    }

    private static Consumer<RunProgress> onceUnderWay(String phase, Ambush.Hold hold, Runnable stop) {
        return progress -> {
            if (progress.phase().equals(phase) && progress.done() > 0) {
                stop.run();
                hold.close();
            }
        };
    }

    private static long coupons(String what, Campaign campaign) {
        return node.count("SELECT " + what + " FROM coupon WHERE campaign_id = ?", campaign.id());
    }
}

package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.AuditEntry;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Grant;
import io.largesse.coupons.RunState;
import io.largesse.pools.BlockName;
import io.largesse.pools.Taker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Redis restored to an older state hands out codes that somebody holds; a crash leaves blocks that PostgreSQL has not. */
class CodeCameBackTest {

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.startWithChunk(100);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aCodeThatSomebodyHoldsIsReplacedAndPutOnRecord() {
        var campaign = node.campaign(1_000);
        node.generate(campaign, 400);
        issue(checked(campaign, 100));
        comeBack(campaign, 20);
        var second = checked(campaign, 200);

        assertThat(issue(second)).isEqualTo(RunState.DONE);

        requireDistinct(campaign, 300);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(100);
        assertThat(node.bean(AuditTrail.class).of(second.subject()))
                .extracting(AuditEntry::what)
                .contains("code.came-back");
    }

    /** Redis went back in the middle of an allotment, which then takes the same codes again under other names. */
    @Test
    void aCodeThatTheSameGrantTookTwiceIsReplaced() {
        var campaign = node.campaign(1_000);
        node.generate(campaign, 400);
        var pool = pool(campaign, 3);
        var first = pool.readAll();
        first.subList(0, 20).forEach(pool::addFirst);
        var grant = checked(campaign, 300);

        assertThat(issue(grant)).isEqualTo(RunState.DONE);

        requireDistinct(campaign, 300);
        assertThat(cameBack(grant)).isPositive();
    }

    /** A claim that Redis had forgotten is written to PostgreSQL while the grant issues. */
    @Test
    void aCodeThatBecomesSomebodysCouponWhileTheGrantIssuesIsReplacedOnTheWay() {
        var campaign = node.campaign(1_000);
        node.generate(campaign, 400);
        var grant = checked(campaign, 300);
        var once = new java.util.concurrent.atomic.AtomicBoolean(true);

        var outcome = node.grants().issue(grant.id(), Node.operator(), p -> {
            if (p.phase().equals("issue") && once.getAndSet(false)) {
                claimTheLastCode(campaign, grant);
            }
        });

        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        requireDistinct(campaign, 301);
        assertThat(cameBack(grant)).isPositive();
    }

    @Test
    void aCodeThatAnEarlierGrantHoldsIsReplacedInTheLaterOne() {
        var campaign = node.campaign(1_000);
        node.generate(campaign, 500);
        var earlier = checked(campaign, 150);
        stopAfterAllotment(earlier);
        var pool = pool(campaign, 1);
        node.sql()
                .queryForList("SELECT code FROM unissued_code WHERE grant_id = ? LIMIT 30", String.class, earlier.id())
                .forEach(pool::addFirst);
        var later = checked(campaign, 160);

        assertThat(issue(later)).isEqualTo(RunState.DONE);
        assertThat(node.grants().restart(earlier.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);

        requireDistinct(campaign, 310);
        assertThat(cameBack(later)).isPositive();
        assertThat(cameBack(earlier)).isZero();
    }

    @Test
    void aBlockThatACrashLeftInRedisIsAdopted() {
        var campaign = node.campaign(1_000);
        node.generate(campaign, 300);
        var grant = checked(campaign, 200);
        takeAsTheDead(campaign, grant, 0, 30);
        takeAsTheDead(campaign, grant, 5, 10);

        assertThat(issue(grant)).isEqualTo(RunState.DONE);

        requireDistinct(campaign, 200);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(100);
    }

    /** A crash between the taking of a replacement and its commit must not leave the grant with a code too many. */
    @Test
    void aBlockTakenForReplacementsGoesBackIfTheAllotmentIsWholeWithoutIt() {
        var campaign = node.campaign(1_000);
        node.generate(campaign, 400);
        var grant = checked(campaign, 200);
        stopAfterAllotment(grant);
        for (int shard = 0; shard < node.pools().shards(); shard++) {
            var last = node.count(
                    "SELECT coalesce(max(block_no), 0) FROM allotment_block WHERE grant_id = ? AND shard = ?",
                    grant.id(),
                    shard);
            var taker = new Taker("g" + grant.id(), 1);
            var no = (int) last + 1;
            if (shard % 2 == 1) { // the process before that one had put its own back
                node.pools().take(block(campaign, grant, shard, no), 3, taker);
                node.pools().putBack(block(campaign, grant, shard, no), taker);
                no++;
            }
            node.pools().take(block(campaign, grant, shard, no), 3, taker);
        }

        assertThat(node.grants().restart(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);

        requireDistinct(campaign, 200);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(200);
    }

    private static void stopAfterAllotment(Grant grant) {
        var outcome = node.grants().issue(grant.id(), Node.operator(), p -> {
            if (p.phase().equals("issue")) {
                node.grants().stop(grant.id(), Node.operator());
            }
        });
        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
    }

    private static void takeAsTheDead(Campaign campaign, Grant grant, int shard, int n) {
        node.pools().take(block(campaign, grant, shard, 1), n, new Taker("g" + grant.id(), 0));
    }

    private static BlockName block(Campaign campaign, Grant grant, int shard, int number) {
        return new BlockName(campaign.pool(), shard, "g" + grant.id() + "-" + number);
    }

    private static void claimTheLastCode(Campaign campaign, Grant grant) {
        node.sql().update("""
                        INSERT INTO coupon SELECT code, ?, 'claimer', 'CLAIM', 1, 1, 'ISSUED', now(), now(),
                          now() + interval '1 day', 1, NULL, now()
                        FROM unissued_code WHERE grant_id = ? ORDER BY position DESC LIMIT 1
                        """, campaign.id(), grant.id());
    }

    private static long cameBack(Grant grant) {
        return node.bean(AuditTrail.class).of(grant.subject()).stream()
                .filter(entry -> entry.what().equals("code.came-back"))
                .count();
    }

    private static org.redisson.api.RDeque<String> pool(Campaign campaign, int shard) {
        return node.bean(RedissonClient.class)
                .getDeque("{s" + shard + "}:pool:" + campaign.pool(), StringCodec.INSTANCE);
    }

    private static void comeBack(Campaign campaign, int n) {
        var pool = pool(campaign, 2);
        node.sql()
                .queryForList("SELECT code FROM coupon WHERE campaign_id = ? LIMIT ?", String.class, campaign.id(), n)
                .forEach(pool::addFirst);
    }

    private static Grant checked(Campaign campaign, int users) {
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(users)), Node.operator());
        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        return node.bean(io.largesse.coupons.Grants.class).find(grant.id());
    }

    private static RunState issue(Grant grant) {
        return node.grants().issue(grant.id(), Node.operator(), p -> {}).state();
    }

    private static void requireDistinct(Campaign campaign, long coupons) {
        assertThat(node.count("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign.id()))
                .isEqualTo(coupons);
        assertThat(node.count("SELECT count(DISTINCT code) FROM coupon WHERE campaign_id = ?", campaign.id()))
                .isEqualTo(coupons);
    }
}

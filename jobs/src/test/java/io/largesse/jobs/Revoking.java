package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.pools.BlockName;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Grants to be taken back on a node of their own, and what is left of them by SQL and by the pools. */
abstract class Revoking {

    static final int USERS = 1_000;

    static Node node;

    @BeforeAll
    static void start() {
        node = Node.startWithChunk(100);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void afterwards() {
        ambush().lift();
    }

    static Ambush ambush() {
        return new Ambush(node);
    }

    static Grant stoppedPartWay(Campaign campaign) {
        var grant = checked(campaign, 1, Node.list(USERS));
        ambush().lay(
                        "batch_step_execution_context",
                        Ambush.step("issue-part%"),
                        3,
                        "UPDATE run SET state = 'STOPPING' WHERE subject = '" + grant.subject()
                                + "' AND state = 'RUNNING'");
        var outcome = node.grants().issue(grant.id(), Node.operator(), p -> {});
        ambush().lift();
        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(coupons(campaign)).isBetween(1L, USERS - 1L);
        return find(grant);
    }

    /** Every code ever made is in exactly one place. */
    static void requireConserved(Campaign campaign) {
        var now = now(campaign);
        var allotted = node.count(
                "SELECT coalesce(sum(cardinality(codes)), 0) FROM allotment_block b"
                        + " JOIN coupon_grant g ON g.id = b.grant_id WHERE g.campaign_id = ?",
                campaign.id());
        assertThat(level(campaign) + allotted + coupons(campaign) + now.voided())
                .isEqualTo(now.generated());
    }

    static Consumer<RunProgress> once(String phase, Runnable work) {
        var done = new java.util.concurrent.atomic.AtomicBoolean();
        return progress -> {
            if (progress.phase().equals(phase) && done.compareAndSet(false, true)) {
                work.run();
            }
        };
    }

    static Campaign campaign(long codes) {
        var campaign = node.campaign(codes);
        node.generate(campaign, codes);
        return campaign;
    }

    static Grant checked(Campaign campaign, int quantity, Path list) {
        var grant = node.grants().receive(Node.request(campaign, quantity, list), Node.operator());
        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        return find(grant);
    }

    static Grant done(Campaign campaign, int quantity, Path list) {
        var grant = checked(campaign, quantity, list);
        assertThat(node.grants().issue(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        return find(grant);
    }

    static void setStatus(Grant grant, String status, String user) {
        node.sql().update("UPDATE coupon SET status = ? WHERE source_id = ? AND user_id = ?", status, grant.id(), user);
    }

    static String statuses(Grant grant) {
        return node.sql()
                .queryForObject(
                        "SELECT string_agg(status || ' ' || n, ', ' ORDER BY status) FROM (SELECT status, count(*) AS n"
                                + " FROM coupon WHERE campaign_id = ? AND source_kind = 'GRANT' AND source_id = ? GROUP BY status) x",
                        String.class,
                        grant.campaignId(),
                        grant.id());
    }

    static RevokeDesk desk() {
        return node.bean(RevokeDesk.class);
    }

    static RunState revoke(Grant grant) {
        return desk().revoke(grant.id(), Node.operator(), p -> {}).state();
    }

    static RunState restart(Grant grant) {
        return node.grants().restart(grant.id(), Node.operator(), p -> {}).state();
    }

    static Grant find(Grant grant) {
        return node.bean(Grants.class).find(grant.id());
    }

    static long coupons(Campaign campaign) {
        return node.count("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign.id());
    }

    static Campaign now(Campaign campaign) {
        return node.bean(Campaigns.class).byId(campaign.id());
    }

    static long level(Campaign campaign) {
        return node.pools().level(now(campaign).pool()).sum();
    }

    static BlockName block(Campaign campaign, Grant grant, int shard, int number) {
        return new BlockName(campaign.pool(), shard, "g" + grant.id() + "-" + number);
    }
}

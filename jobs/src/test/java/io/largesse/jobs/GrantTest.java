package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GrantTest {

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.startWithChunk(500);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void everyRecipientGetsExactlyItsQuantityAndEveryCodeIsAccountedFor() {
        var campaign = node.campaign(30_000);
        node.generate(campaign, 25_000);
        var list = Node.list(10_000, "U000007", "x1", "\"\"", "U000008 ");

        var grant = node.grants().receive(Node.request(campaign, 2, list), Node.OPERATOR);
        assertThat(node.grants().check(grant.id(), Node.OPERATOR, p -> {}).state())
                .isEqualTo(RunState.DONE);
        var outcome = node.grants().issue(grant.id(), Node.OPERATOR, p -> {});

        assertThat(outcome.why()).isNull();
        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        var done = node.bean(Grants.class).find(grant.id());
        assertThat(done.state()).isEqualTo(GrantState.DONE);
        assertThat(done.issued()).isEqualTo(20_000);
        assertThat(done.rowCount()).isEqualTo(10_003);
        assertThat(done.rejected()).isEqualTo(1);
        assertThat(done.duplicates()).isEqualTo(2);
        assertThat(done.reportKey()).isNotNull();
        assertThat(count(
                        "SELECT count(*) FROM (SELECT user_id FROM coupon WHERE campaign_id = ? GROUP BY user_id"
                                + " HAVING count(*) = 2 AND count(DISTINCT ordinal) = 2) x",
                        campaign))
                .isEqualTo(10_000);
        assertThat(count("SELECT count(DISTINCT code) FROM coupon WHERE campaign_id = ?", campaign))
                .isEqualTo(20_000);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(5_000);
        assertThat(count(
                        "SELECT count(*) FROM allotment b JOIN coupon_grant g ON g.id = b.grant_id"
                                + " WHERE g.campaign_id = ?",
                        campaign))
                .isZero();
    }

    @Test
    void tooFewCodesRefuseTheGrantAndAllGoBack() {
        var campaign = node.campaign(2_000);
        node.generate(campaign, 999);
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(1_000)), Node.OPERATOR);
        node.grants().check(grant.id(), Node.OPERATOR, p -> {});

        var outcome = node.grants().issue(grant.id(), Node.OPERATOR, p -> {});

        assertThat(outcome.state()).isEqualTo(RunState.REFUSED);
        assertThat(node.bean(Grants.class).find(grant.id()).state()).isEqualTo(GrantState.REFUSED);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(999);
        assertThat(count("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign))
                .isZero();
        assertThat(count(
                        "SELECT count(*) FROM allotment b JOIN coupon_grant g ON g.id = b.grant_id"
                                + " WHERE g.campaign_id = ?",
                        campaign))
                .isZero();
    }

    @Test
    void theSameListIsNotGrantedTwiceUnlessTheOperatorSaysSo() {
        var campaign = node.campaign(1_000);
        node.generate(campaign, 1_000);
        var list = Node.list(100);
        grant(Node.request(campaign, 1, list));

        assertThatThrownBy(() -> node.grants().receive(Node.request(campaign, 1, list), Node.OPERATOR))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("--again");

        var r = Node.request(campaign, 1, list);
        grant(new GrantRequest(
                r.campaign(), r.files(), 1, r.sheets(), r.column(), false, false, r.maxRejects(), true, false));
        assertThat(count("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign))
                .isEqualTo(200);
    }

    @Test
    void holdersAreCountedOrSkipped() {
        var campaign = node.campaign(1_000);
        node.generate(campaign, 1_000);
        grant(Node.request(campaign, 1, Node.list(100)));
        var r = Node.request(campaign, 1, Node.list(150));

        var counted = node.grants().receive(r, Node.OPERATOR);
        node.grants().check(counted.id(), Node.OPERATOR, p -> {});
        assertThat(node.bean(Grants.class).find(counted.id()).holders()).isEqualTo(100);
        assertThat(node.bean(Grants.class).find(counted.id()).recipients()).isEqualTo(150);

        var skipping = node.grants()
                .receive(
                        new GrantRequest(
                                r.campaign(),
                                r.files(),
                                1,
                                r.sheets(),
                                r.column(),
                                false,
                                true,
                                r.maxRejects(),
                                true,
                                false),
                        Node.OPERATOR);
        node.grants().check(skipping.id(), Node.OPERATOR, p -> {});
        node.grants().issue(skipping.id(), Node.OPERATOR, p -> {});
        var done = node.bean(Grants.class).find(skipping.id());
        assertThat(done.holders()).isEqualTo(100);
        assertThat(done.recipients()).isEqualTo(50);
        assertThat(count("SELECT count(DISTINCT user_id) FROM coupon WHERE campaign_id = ?", campaign))
                .isEqualTo(150);
    }

    /** Minutes if PostgreSQL plans it without statistics, as it would right after the first grant. */
    @Test
    @Timeout(120)
    void holdersOfALargeFreshGrantAreFoundByIndex() {
        var campaign = node.campaign(60_000);
        node.generate(campaign, 60_000);
        var list = Node.list(60_000);
        grant(Node.request(campaign, 1, list));
        var r = Node.request(campaign, 1, list);
        var again = new GrantRequest(
                r.campaign(), r.files(), 1, r.sheets(), r.column(), false, false, r.maxRejects(), true, false);

        var counted = node.grants().receive(again, Node.OPERATOR);
        node.grants().check(counted.id(), Node.OPERATOR, p -> {});

        assertThat(node.bean(Grants.class).find(counted.id()).holders()).isEqualTo(60_000);
    }

    private static void grant(GrantRequest request) {
        var grant = node.grants().receive(request, Node.OPERATOR);
        assertThat(node.grants().check(grant.id(), Node.OPERATOR, p -> {}).state())
                .isEqualTo(RunState.DONE);
        assertThat(node.grants().issue(grant.id(), Node.OPERATOR, p -> {}).state())
                .isEqualTo(RunState.DONE);
    }

    private static long count(String query, Campaign campaign) {
        return node.count(query, campaign.id());
    }
}

package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.largesse.coupons.AuditEntry;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Revocations;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.pools.BlockName;
import io.largesse.pools.Taker;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Grants that are taken back. Where each coupon and each code is in the end is judged by SQL and by the pools. */
class RevokeTest {

    private static final int USERS = 1_000;

    private static Node node;

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
        disarm();
    }

    private static void disarm() {
        node.sql().execute("DROP FUNCTION IF EXISTS lose_session CASCADE");
        node.sql().execute("DROP SEQUENCE IF EXISTS lose_session_at");
    }

    @Test
    void unspentCouponsAreTakenBackAndAllOthersStayAsTheyAre() {
        var campaign = campaign(6 * USERS);
        var list = Node.list(USERS);
        var grant = done(campaign, 2, list);
        var other = done(campaign, 1, Node.list(USERS + 1));
        setStatus(grant, "REDEEMED", Node.user(7));
        setStatus(grant, "LOCKED", Node.user(8));
        setStatus(grant, "EXPIRED", Node.user(USERS));
        var before = desk().summary(grant.id());

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(before.coupons(RevokeSummary.SPENT)).isEqualTo(4);
        assertThat(before.faceValue(RevokeSummary.SPENT)).hasToString("40.00 CNY");
        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKED);
        assertThat(statuses(grant)).isEqualTo("EXPIRED 2, LOCKED 2, REDEEMED 2, REVOKED " + (2 * USERS - 6));
        assertThat(node.count(
                        "SELECT count(*) FROM coupon WHERE source_id = ? AND campaign_id = ?"
                                + " AND (updated_at > issued_at) <> (status = 'REVOKED')",
                        grant.id(),
                        campaign.id()))
                .isZero();
        assertThat(statuses(other)).isEqualTo("ISSUED " + (USERS + 1));
        requireConserved(campaign);
        assertThat(node.bean(AuditTrail.class).of(grant.subject()))
                .extracting(AuditEntry::what)
                .containsSubsequence("grant.revoke", "grant.revoked");
        assertThatThrownBy(() -> revoke(grant))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> restart(grant)).isInstanceOf(RefusedException.class);
        done(campaign, 2, list); // the list may be granted anew
    }

    /** Its way out: a campaign that has ended lets nothing go on. */
    @Test
    void aGrantThatStoppedInACampaignThatEndedGivesItsUnissuedCodesBack() {
        var campaign = campaign(USERS);
        var grant = stoppedPartWay(campaign);
        var issued = coupons(campaign);
        node.bean(Campaigns.class).end(campaign, Node.operator());
        assertThatThrownBy(() -> restart(grant)).isInstanceOf(RefusedException.class);
        assertThat(desk().summary(grant.id()).allotted()).isEqualTo(USERS - issued);

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(statuses(grant)).isEqualTo("REVOKED " + issued);
        assertThat(level(campaign)).isEqualTo(USERS - issued);
        requireConserved(campaign);
    }

    /** The first process died right after the decision. */
    @Test
    void codesWhosePoolIsClosedAreVoid() {
        var campaign = campaign(USERS);
        var grant = stoppedPartWay(campaign);
        var issued = coupons(campaign);
        node.pools().gates().close(campaign.id());
        node.bean(Revocations.class).begin(grant, Node.operator());

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(level(campaign)).isZero();
        assertThat(node.bean(Campaigns.class).byId(campaign.id()).voided()).isEqualTo(USERS - issued);
        requireConserved(campaign);
    }

    /** The process died between the taking and the commit, more than once: names that have ended lie before the block. */
    @Test
    void blocksThatStandInRedisAloneAreFoundByTheirNames() {
        var campaign = campaign(2 * USERS);
        var grant = stoppedPartWay(campaign);
        var issued = coupons(campaign);
        for (int shard : new int[] {0, 5}) {
            var last = (int) node.count(
                    "SELECT max(block_no) FROM allotment_block WHERE grant_id = ? AND shard = ?", grant.id(), shard);
            var taker = new Taker("g" + grant.id(), 1);
            node.pools().take(block(campaign, grant, shard, last + 1), 3, taker);
            node.pools().putBack(block(campaign, grant, shard, last + 1), taker);
            node.pools().take(block(campaign, grant, shard, last + 2), 3, taker);
        }

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(level(campaign)).isEqualTo(2L * USERS - issued);
        requireConserved(campaign);
    }

    @Test
    void aRevokeThatLosesItsSessionsGoesOnWhereItWasAndNothingElseMay() {
        var campaign = campaign(USERS);
        var grant = stoppedPartWay(campaign);
        var issued = coupons(campaign);
        loseSessionAtUpdate("batch_step_execution_context", step("revoke-part%"), 2);
        assertThat(revoke(grant)).isEqualTo(RunState.FAILED);
        disarm();
        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKING);
        assertThatThrownBy(() -> restart(grant))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("grant revoke");
        loseSessionAtUpdate("allotment_block", "NEW.given_back AND OLD.given_back", 1); // its codes are in the pool
        assertThat(revoke(grant)).isEqualTo(RunState.FAILED);
        disarm();

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(statuses(grant)).isEqualTo("REVOKED " + issued);
        assertThat(level(campaign)).isEqualTo(USERS - issued);
        requireConserved(campaign);
    }

    /** All is taken back, and nobody has heard of it: the record of the end is lost with the session. */
    @Test
    void aRevokeWhoseEndIsNotOnRecordEndsOnceMore() {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        loseSessionAtUpdate("run", "NEW.state = 'DONE' AND NEW.job = 'revoke-grant'", 1);
        revoke(grant);
        disarm();
        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKING);
        node.sql().update("UPDATE run SET lease_until = now() WHERE subject = ?", grant.subject());

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKED);
        assertThat(statuses(grant)).isEqualTo("REVOKED " + USERS);
        assertThat(node.bean(AuditTrail.class).of(grant.subject()))
                .extracting(AuditEntry::what)
                .containsOnlyOnce("grant.revoke", "grant.revoked");
    }

    @Test
    void aCouponThatIsSpentWhileTheRevokeWaitsForItStaysSpent() throws Exception {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        try (var shop = DriverManager.getConnection(
                node.context.getEnvironment().getRequiredProperty("spring.datasource.url"),
                node.context.getEnvironment().getRequiredProperty("spring.datasource.username"),
                node.context.getEnvironment().getRequiredProperty("spring.datasource.password"))) {
            shop.setAutoCommit(false);
            try (var redeem = shop.prepareStatement(
                    "UPDATE coupon SET status = 'REDEEMED' WHERE campaign_id = ? AND user_id IN (?, ?)")) {
                redeem.setLong(1, campaign.id());
                redeem.setString(2, Node.user(3));
                redeem.setString(3, Node.user(USERS - 3));
                redeem.executeUpdate();
            }
            var revoked = CompletableFuture.supplyAsync(() -> revoke(grant), work -> new Thread(work).start());
            await().until(() -> node.count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            shop.commit();

            assertThat(revoked.get()).isEqualTo(RunState.DONE);
        }
        assertThat(statuses(grant)).isEqualTo("REDEEMED 2, REVOKED " + (USERS - 2));
    }

    @Test
    void aRevokeThatIsStoppedGoesOnAndARunningGrantIsStoppedFirst() {
        var campaign = campaign(USERS);
        var grant = checked(campaign, 1, Node.list(USERS));
        var answer = new StringBuilder();
        node.grants().issue(grant.id(), Node.operator(), once("issue", () -> {
            try {
                revoke(grant);
            } catch (RefusedException e) {
                answer.append(e.getMessage());
            }
        }));
        assertThat(answer).contains("grant stop " + grant.id());
        assertThat(find(grant).state()).isEqualTo(GrantState.DONE);

        var stopped = desk().revoke(grant.id(), Node.operator(), once("revoke", () -> node.grants()
                .stop(grant.id(), Node.operator())));
        assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKING);
        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(statuses(grant)).isEqualTo("REVOKED " + USERS);
    }

    /** On record as running for ever, and nothing of what its process may still send is accepted. */
    @Test
    void aGrantWhoseProcessDiedIsTakenBackWithoutARestart() {
        var campaign = campaign(USERS);
        var grant = checked(campaign, 1, Node.list(USERS));
        var runs = node.bean(Runs.class);
        var dead = runs.start("issue-grant", grant.subject(), "grant=" + grant.id(), Node.operator(), "dead:1:x");
        node.bean(Grants.class).approve(grant.id());
        node.bean(Grants.class).running(grant.id());
        node.pools().take(block(campaign, grant, 2, 1), 50, new Taker("g" + grant.id(), 1));
        node.sql().update("UPDATE run SET lease_until = now() WHERE id = ?", dead.run());
        node.bean(Campaigns.class).end(campaign, Node.operator());

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKED);
        assertThatThrownBy(() -> runs.fence(dead)).isInstanceOf(io.largesse.coupons.FencedException.class);
        assertThat(node.pools().take(block(campaign, grant, 2, 2), 1, new Taker("g" + grant.id(), 1)))
                .isInstanceOf(io.largesse.pools.Take.Fenced.class);
        assertThat(level(campaign)).isEqualTo(USERS);
        requireConserved(campaign);
    }

    private static Grant stoppedPartWay(Campaign campaign) {
        var grant = checked(campaign, 1, Node.list(USERS));
        atUpdate(
                "batch_step_execution_context",
                step("issue-part%"),
                3,
                "UPDATE run SET state = 'STOPPING' WHERE subject = '" + grant.subject() + "' AND state = 'RUNNING'");
        var outcome = node.grants().issue(grant.id(), Node.operator(), p -> {});
        disarm();
        assertThat(outcome.state()).isEqualTo(RunState.STOPPED);
        assertThat(coupons(campaign)).isBetween(1L, USERS - 1L);
        return find(grant);
    }

    /** Every code ever made is in exactly one place. */
    private static void requireConserved(Campaign campaign) {
        var now = node.bean(Campaigns.class).byId(campaign.id());
        var allotted = node.count(
                "SELECT coalesce(sum(cardinality(codes)), 0) FROM allotment_block b"
                        + " JOIN coupon_grant g ON g.id = b.grant_id WHERE g.campaign_id = ?",
                campaign.id());
        assertThat(level(campaign) + allotted + coupons(campaign) + now.voided())
                .isEqualTo(now.generated());
    }

    private static Consumer<RunProgress> once(String phase, Runnable work) {
        var done = new java.util.concurrent.atomic.AtomicBoolean();
        return progress -> {
            if (progress.phase().equals(phase) && done.compareAndSet(false, true)) {
                work.run();
            }
        };
    }

    private static void loseSessionAtUpdate(String table, String condition, int nth) {
        atUpdate(table, condition, nth, "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1)");
    }

    private static String step(String name) {
        return "OLD.step_execution_id IN (SELECT s.step_execution_id FROM batch_step_execution s WHERE s.step_name LIKE '"
                + name + "')";
    }

    private static void atUpdate(String table, String condition, int nth, String action) {
        node.sql().execute("CREATE SEQUENCE lose_session_at");
        node.sql()
                .execute("CREATE FUNCTION lose_session() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF " + condition
                        + " AND nextval('lose_session_at') = " + nth
                        + " THEN " + action + "; END IF; RETURN NEW; END $$");
        node.sql()
                .execute("CREATE TRIGGER lose_session BEFORE UPDATE ON " + table
                        + " FOR EACH ROW EXECUTE FUNCTION lose_session()");
    }

    private static Campaign campaign(long codes) {
        var campaign = node.campaign(codes);
        node.generate(campaign, codes);
        return campaign;
    }

    private static Grant checked(Campaign campaign, int quantity, Path list) {
        var grant = node.grants().receive(Node.request(campaign, quantity, list), Node.operator());
        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        return find(grant);
    }

    private static Grant done(Campaign campaign, int quantity, Path list) {
        var grant = checked(campaign, quantity, list);
        assertThat(node.grants().issue(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        return find(grant);
    }

    private static void setStatus(Grant grant, String status, String user) {
        node.sql().update("UPDATE coupon SET status = ? WHERE source_id = ? AND user_id = ?", status, grant.id(), user);
    }

    private static String statuses(Grant grant) {
        return node.sql()
                .queryForObject(
                        "SELECT string_agg(status || ' ' || n, ', ' ORDER BY status) FROM (SELECT status, count(*) AS n"
                                + " FROM coupon WHERE campaign_id = ? AND source_kind = 'GRANT' AND source_id = ? GROUP BY status) x",
                        String.class,
                        grant.campaignId(),
                        grant.id());
    }

    private static RevokeDesk desk() {
        return node.bean(RevokeDesk.class);
    }

    private static RunState revoke(Grant grant) {
        return desk().revoke(grant.id(), Node.operator(), p -> {}).state();
    }

    private static RunState restart(Grant grant) {
        return node.grants().restart(grant.id(), Node.operator(), p -> {}).state();
    }

    private static Grant find(Grant grant) {
        return node.bean(Grants.class).find(grant.id());
    }

    private static long coupons(Campaign campaign) {
        return node.count("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign.id());
    }

    private static long level(Campaign campaign) {
        return node.pools().level(campaign.id()).sum();
    }

    private static BlockName block(Campaign campaign, Grant grant, int shard, int number) {
        return new BlockName(campaign.id(), shard, "g" + grant.id() + "-" + number);
    }
}

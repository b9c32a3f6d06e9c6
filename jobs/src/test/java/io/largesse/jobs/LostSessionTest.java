package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RunState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A database session that dies at the worst moment of a transaction, by a trigger in the database. What is committed must
 * be whole afterwards, and a restart must find the rest.
 */
class LostSessionTest {

    private static final int USERS = 3_000;

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
    void disarm() {
        new Ambush(node).lift();
    }

    /** The chunk is rolled back, and Spring Batch then saves the reader's position once more. */
    @Test
    void aChunkOfCouponsThatIsRolledBackIsIssuedByTheRestart() {
        var campaign = campaign();
        var grant = checked(campaign, Node.list(USERS));
        loseSessionAtChunk("issue-part%", 3);

        assertThat(node.grants().issue(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.FAILED);
        disarm();
        assertThat(restart(grant)).isEqualTo(RunState.DONE);

        requireWhole(campaign, grant);
    }

    @Test
    void aChunkOfRowsThatIsRolledBackIsStagedByTheRestart() {
        var campaign = campaign();
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(USERS)), Node.operator());
        loseSessionAtChunk("stage", 3);

        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.FAILED);
        disarm();
        assertThat(restart(grant)).isEqualTo(RunState.DONE);

        requireWhole(campaign, grant);
    }

    @Test
    void aStopBetweenNumberAndCheckDoesNotSkipTheJudge() {
        var campaign = campaign();
        var bad = new String[USERS];
        java.util.Arrays.setAll(bad, i -> "bad" + i);
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(USERS, bad)), Node.operator());
        new Ambush(node)
                .lay(
                        "coupon_grant",
                        "NEW.recipients IS NOT NULL AND OLD.recipients IS NULL",
                        1,
                        "UPDATE run SET state = 'STOPPING' WHERE subject = '" + grant.subject()
                                + "' AND state = 'RUNNING'");
        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.STOPPED);
        disarm();
        assertThat(find(grant).state()).isNotEqualTo(GrantState.REFUSED);

        assertThat(restart(grant)).isEqualTo(RunState.REFUSED);

        assertThat(find(grant).state()).isEqualTo(GrantState.REFUSED);
        assertThat(coupons(campaign)).isZero();
    }

    @Test
    void goingOnWithADryRunDoesNotIssue() {
        var campaign = campaign();
        var r = Node.request(campaign, 1, Node.list(USERS));
        var dryRun =
                new GrantRequest(campaign, r.files(), 1, r.sheets(), null, false, false, r.maxRejects(), false, true);
        var grant = node.grants().receive(dryRun, Node.operator());
        loseSessionAtChunk("stage", 2);
        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.FAILED);
        disarm();

        assertThat(restart(grant)).isEqualTo(RunState.DONE);

        assertThat(find(grant).state()).isEqualTo(GrantState.CHECKED);
        assertThat(coupons(campaign)).isZero();
        assertThat(node.grants().issue(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        requireWhole(campaign, grant);
    }

    /** The codes are in the pool again, and PostgreSQL has not heard of it. */
    @Test
    void aCrashWhileCodesGoBackLeavesEachCodeInOnePlace() {
        var campaign = node.campaign(USERS);
        node.generate(campaign, USERS - 1);
        var grant = checked(campaign, Node.list(USERS));
        new Ambush(node).loseSession("allotment_block", "true", 12);
        assertThat(node.grants().issue(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.FAILED);
        disarm();

        if (find(grant).state() != GrantState.REFUSED) {
            node.generate(campaign, 1);
            assertThat(restart(grant)).isEqualTo(RunState.DONE);
            requireWhole(campaign, grant);
        } else {
            assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(USERS - 1);
        }
    }

    @Test
    void aGrantThatGeneratesItsCodesMakesEachOfThemOnceWhateverFails() {
        var campaign = node.campaign(USERS);
        var r = Node.request(campaign, 1, Node.list(USERS));
        var generating =
                new GrantRequest(campaign, r.files(), 1, r.sheets(), null, true, false, r.maxRejects(), false, false);
        var grant = node.grants().receive(generating, Node.operator());
        node.grants().check(grant.id(), Node.operator(), p -> {});
        loseSessionAtChunk("push-part%", 3);
        assertThat(node.grants().issue(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.FAILED);
        disarm();
        loseSessionAtChunk("issue-part%", 3);
        assertThat(restart(grant)).isEqualTo(RunState.FAILED);
        disarm();

        assertThat(restart(grant)).isEqualTo(RunState.DONE);

        requireWhole(campaign, grant);
        assertThat(node.pools().level(campaign.pool()).sum()).isZero();
    }

    private static void loseSessionAtChunk(String step, int nth) {
        new Ambush(node).loseSession("batch_step_execution_context", Ambush.step(step), nth);
    }

    private static Campaign campaign() {
        var campaign = node.campaign(USERS + 100);
        node.generate(campaign, USERS + 100);
        return campaign;
    }

    private static Grant checked(Campaign campaign, Path list) {
        var grant = node.grants().receive(Node.request(campaign, 1, list), Node.operator());
        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        return find(grant);
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

    private static void requireWhole(Campaign campaign, Grant grant) {
        assertThat(find(grant).state()).isEqualTo(GrantState.DONE);
        assertThat(find(grant).rowCount()).isEqualTo(USERS);
        assertThat(coupons(campaign)).isEqualTo(USERS);
        assertThat(node.count("SELECT count(DISTINCT user_id) FROM coupon WHERE campaign_id = ?", campaign.id()))
                .isEqualTo(USERS);
    }
}

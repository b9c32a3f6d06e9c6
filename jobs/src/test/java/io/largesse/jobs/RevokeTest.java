package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.largesse.coupons.AuditEntry;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Revocations;
import io.largesse.coupons.RunState;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Grants that are taken back. Where each coupon and each code is in the end is judged by SQL and by the pools. */
class RevokeTest extends Revoking {

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
        node.pools().gates().close(campaign.pool());
        node.bean(Revocations.class).begin(grant, Node.operator());

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(level(campaign)).isZero();
        assertThat(node.bean(Campaigns.class).byId(campaign.id()).voided()).isEqualTo(USERS - issued);
        requireConserved(campaign);
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
            var me = shop.unwrap(PGConnection.class).getBackendPID();
            var revoked = CompletableFuture.supplyAsync(() -> revoke(grant), work -> new Thread(work).start());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> node.count(
                                    "SELECT count(*) FROM pg_stat_activity WHERE pg_blocking_pids(pid) @> ARRAY[?]", me)
                            > 0);
            assertThat(revoked).isNotDone();
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
}

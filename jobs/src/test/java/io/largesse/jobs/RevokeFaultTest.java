package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.AuditEntry;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.pools.Taker;
import org.junit.jupiter.api.Test;

/** Sessions and processes that die while a grant is taken back, or before. */
class RevokeFaultTest extends Revoking {

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
        ambush().loseSession("batch_step_execution_context", Ambush.step("revoke-part%"), 2);
        assertThat(revoke(grant)).isEqualTo(RunState.FAILED);
        ambush().lift();
        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKING);
        assertThatThrownBy(() -> restart(grant))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("grant revoke");
        ambush().loseSession("allotment_block", "NEW.given_back AND OLD.given_back", 1); // its codes are in the pool
        assertThat(revoke(grant)).isEqualTo(RunState.FAILED);
        ambush().lift();

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
        ambush().loseSession("run", "NEW.state = 'DONE' AND NEW.job = 'revoke-grant'", 1);
        assertThat(revoke(grant)).isEqualTo(RunState.FAILED);
        ambush().lift();
        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKING);
        node.sql().update("UPDATE run SET lease_until = now() WHERE subject = ?", grant.subject());

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKED);
        assertThat(statuses(grant)).isEqualTo("REVOKED " + USERS);
        assertThat(node.bean(AuditTrail.class).of(grant.subject()))
                .extracting(AuditEntry::what)
                .containsOnlyOnce("grant.revoke", "grant.revoked");
    }

    /** On record as running for ever, and nothing of what its process may still send is accepted. */
    @Test
    void aGrantWhoseProcessDiedIsTakenBackWithoutARestart() {
        var campaign = campaign(USERS);
        var grant = checked(campaign, 1, Node.list(USERS));
        var runs = node.bean(Runs.class);
        var dead = runs.start(
                RunSpec.beside("issue-grant", grant.subject(), "grant=" + grant.id(), grant.campaignId()),
                Node.operator(),
                "dead:1:x");
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
}

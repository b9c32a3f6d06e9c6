package io.largesse.samples.bench;

import static io.largesse.samples.bench.Moment.COUPONS_ISSUED;
import static io.largesse.samples.bench.Trap.Point.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.RunState;
import io.largesse.jobs.RevokeDesk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A grant that was killed half-way is taken back, and the program that does it is killed too. */
class RevokeKilledTest {

    private static final int USERS = 900;

    private final Site site = SharedSite.get();

    @ParameterizedTest
    @CsvSource({"COUPONS_REVOKED, 2, false", "COUPONS_REVOKED, 2, true", "GIVEN_BACK, 3, false", "REVOKED, 1, true"})
    void whatItHadTakenBackStaysSoAndTheRestFollows(Moment moment, int nth, boolean committed) {
        var grant = site.trial(USERS);
        killedWhileIssuing(grant);
        try (var trap = Trap.set(site.stores, moment, nth, COMMIT);
                var program = site.program("grant", "revoke", Long.toString(grant.id()), "--yes")) {
            trap.awaitCatch(program);
            if (committed) {
                site.killUnanswered(trap, program);
            } else {
                program.kill();
            }
        }
        site.lapse();

        if (!grant.state().equals("REVOKED")) {
            var outcome = site.the(RevokeDesk.class).revoke(grant.id(), Site.operator(), progress -> {});
            assertThat(outcome.state()).isEqualTo(RunState.DONE);
        }

        try (var sql = site.stores.sql()) {
            var campaign = grant.campaign().id();
            assertThat(sql.texts("SELECT DISTINCT status FROM coupon WHERE campaign_id = ?", campaign))
                    .containsExactly("REVOKED");
            assertThat(sql.texts(
                            "SELECT DISTINCT state FROM run WHERE subject = ? AND job = 'revoke-grant'",
                            "grant " + grant.id()))
                    .containsExactly("DONE");
            assertThat(sql.number(
                            "SELECT count(*) FROM audit WHERE subject = ? AND what = 'grant.revoked'",
                            "grant " + grant.id()))
                    .isEqualTo(1);
            assertThat(sql.number(
                            "SELECT coalesce(sum(cardinality(codes)), 0) FROM allotment_block WHERE grant_id = ?",
                            grant.id()))
                    .isZero();
        }
        assertThat(grant.state()).isEqualTo("REVOKED");
        assertThat(site.auditor.findingsInCodes(grant.campaign().id())).isEmpty();
    }

    private void killedWhileIssuing(Trial grant) {
        try (var trap = Trap.set(site.stores, COUPONS_ISSUED, 5, COMMIT);
                var program = grant.start()) {
            trap.awaitCatch(program);
            program.kill();
        }
        site.lapse();
    }
}

package io.largesse.samples.bench;

import static io.largesse.samples.bench.Moment.CODES_ALLOTTED;
import static io.largesse.samples.bench.Moment.COUPONS_ISSUED;
import static io.largesse.samples.bench.Trap.Point.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done at the same time by several processes. */
class TogetherTest {

    private static final int USERS = 900;

    private final Site site = SharedSite.get();

    @Test
    void twoLaunchesOfOneGrantIssueItOnce() {
        var grant = site.trial(USERS).checked();
        try (var one = grant.issue();
                var two = grant.issue()) {
            assertThat(List.of(one.exitCode(), two.exitCode()))
                    .as("%s%n%s", one, two)
                    .containsExactlyInAnyOrder(0, 3);
        }
        assertThat(grant.findings()).isEmpty();
    }

    @Test
    void aRestartBesideALivingProcessIsRefused() {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, COUPONS_ISSUED, 4, COMMIT);
                var program = grant.startSteadily()) {
            trap.awaitCatch(program);

            try (var other = site.program("grant", "restart", Long.toString(grant.id()), "--json")) {
                assertThat(other.exitCode()).as(other.toString()).isEqualTo(3);
                assertThat(other.out()).contains("coupons.run.busy");
            }

            trap.release();
            assertThat(program.exitCode()).as(program.toString()).isZero();
        }
        assertThat(grant.findings()).isEmpty();
    }

    /** The one that finds too few gives all back, and the one that was first gets all it needs. */
    @Test
    void twoGrantsThatTogetherNeedMoreThanTheStock() {
        var campaign = site.stocked(1_000);
        var first = site.trial(campaign, 1, 600).checked();
        var second = site.trial(campaign, 501, 600).checked();
        try (var trap = Trap.set(site.stores, CODES_ALLOTTED, 6, COMMIT);
                var program = first.issue()) {
            trap.awaitCatch(program);

            assertThat(second.issueHere().state()).isEqualTo(RunState.REFUSED);

            trap.release();
            assertThat(program.exitCode()).as(program.toString()).isZero();
        }
        assertThat(site.auditor.findings(campaign.id(), List.of(first.expected(), Expected.nothing(second.id()))))
                .isEmpty();
    }

    @Test
    void aCampaignThatEndsStopsItsGrantAfterTheChunk() {
        var grant = site.trial(USERS);
        var campaign = grant.campaign();
        try (var trap = Trap.set(site.stores, COUPONS_ISSUED, 3, COMMIT);
                var program = grant.startSteadily()) {
            trap.awaitCatch(program);
            try (var end = site.program("campaign", "end", campaign.name(), "--yes")) {
                assertThat(end.exitCode()).as(end.toString()).isZero();
            }
            trap.release();
            assertThat(program.exitCode()).as(program.toString()).isEqualTo(4);
        }
        assertThat(grant.state()).isEqualTo("STOPPED");
        assertThat(coupons(grant)).isBetween(300L, USERS - 100L);
        assertThat(site.auditor.findingsInCodes(campaign.id())).isEmpty();
        assertThatThrownBy(grant::restart).isInstanceOf(RefusedException.class);
    }

    private long coupons(Trial grant) {
        try (var sql = site.stores.sql()) {
            return sql.number(
                    "SELECT count(*) FROM coupon WHERE campaign_id = ?",
                    grant.campaign().id());
        }
    }
}

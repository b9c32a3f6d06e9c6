package io.largesse.samples.bench;

import static io.largesse.samples.bench.Moment.CODES_ALLOTTED;
import static io.largesse.samples.bench.Moment.COUPONS_ISSUED;
import static io.largesse.samples.bench.Trap.Point.FIRST_ROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Redis gets its data of an earlier time: codes come back that somebody holds, or that wait for somebody. */
class OldRedisTest {

    private static final int USERS = 300;

    private final Site site = SharedSite.get();

    @Test
    void codesThatAreCouponsAreReplacedAndPutOnRecord() {
        var campaign = site.stocked(1_000);
        var first = site.trial(campaign, 1, USERS).checked();
        var second = site.trial(campaign, 201, USERS).checked();
        var before = site.backupRedis();
        assertThat(first.issueHere().state()).isEqualTo(RunState.DONE);

        site.restoreRedis(before);

        try (var program = second.issue()) {
            assertThat(program.exitCode()).as(program.toString()).isZero();
        }
        assertThat(site.auditor.findingsInPostgres(campaign.id(), List.of(first.expected(), second.expected())))
                .isEmpty();
        assertThat(cameBack(second)).isPositive();
    }

    @Test
    void codesOfAGrantsOwnAllotmentThatComeBackAreNotIssuedTwice() {
        var campaign = site.stocked(1_000);
        var grant = site.trial(campaign, 1, USERS).checked();
        try (var trap = Trap.set(site.stores, CODES_ALLOTTED, 2, FIRST_ROW);
                var program = grant.issue()) {
            trap.awaitCatch(program);
            var middle = site.backupRedis();
            trap.moveTo(6);
            trap.awaitCatch(program);
            program.kill();
            site.restoreRedis(middle);
        }
        site.lapse();

        assertThat(grant.restart().state()).isEqualTo(RunState.DONE);
        assertThat(site.auditor.findingsInPostgres(campaign.id(), List.of(grant.expected())))
                .isEmpty();
        assertThat(cameBack(grant)).isPositive();
    }

    @Test
    void codesThatWaitInAnotherGrantsAllotmentAreIssuedByOneOfThem() {
        var campaign = site.stocked(1_000);
        var first = site.trial(campaign, 1, USERS).checked();
        var second = site.trial(campaign, 201, USERS).checked();
        var before = site.backupRedis();
        try (var trap = Trap.set(site.stores, COUPONS_ISSUED, 1, FIRST_ROW);
                var program = first.issue()) {
            trap.awaitCatch(program);
            program.kill();
            site.restoreRedis(before);
        }
        site.lapse();

        assertThat(second.issueHere().state()).isEqualTo(RunState.DONE);
        assertThat(first.restart().state()).isEqualTo(RunState.DONE);
        assertThat(site.auditor.findingsInPostgres(campaign.id(), List.of(first.expected(), second.expected())))
                .isEmpty();
        assertThat(cameBack(first) + cameBack(second)).isPositive();
    }

    private long cameBack(Trial grant) {
        try (var sql = site.stores.sql()) {
            return sql.number(
                    "SELECT count(*) FROM audit WHERE what = 'code.came-back' AND subject = ?", "grant " + grant.id());
        }
    }
}

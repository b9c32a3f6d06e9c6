package io.largesse.samples.bench;

import static io.largesse.samples.bench.Moment.BEAT;
import static io.largesse.samples.bench.Moment.CODES_ALLOTTED;
import static io.largesse.samples.bench.Moment.CODES_PUSHED;
import static io.largesse.samples.bench.Moment.COUPONS_ISSUED;
import static io.largesse.samples.bench.Moment.ROWS_STAGED;
import static io.largesse.samples.bench.Trap.Point.COMMIT;
import static io.largesse.samples.bench.Trap.Point.FIRST_ROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.RunState;
import io.largesse.jobs.CodeDesk;
import io.largesse.samples.bench.Trap.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that is frozen past its lease, taken over, and continued: it writes nothing more and says why. */
class ZombieTest {

    private static final int USERS = 900;

    private final Site site = SharedSite.get();

    static List<Arguments> moments() {
        return List.of(
                Arguments.of(BEAT, 2, COMMIT, false), // the run's own row is locked by it
                Arguments.of(ROWS_STAGED, 3, COMMIT, false),
                Arguments.of(CODES_ALLOTTED, 3, FIRST_ROW, false),
                // it wakes with its commit answered
                Arguments.of(CODES_ALLOTTED, 3, COMMIT, true),
                Arguments.of(COUPONS_ISSUED, 4, FIRST_ROW, false),
                Arguments.of(COUPONS_ISSUED, 4, COMMIT, true));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void aZombieWritesNothingMore(Moment moment, int nth, Point point, boolean answered) {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, moment, nth, point);
                var zombie = grant.start()) {
            trap.awaitCatch(zombie);
            zombie.freeze();
            if (answered) {
                trap.release();
            }
            assertThat(grant.restart().state()).isEqualTo(RunState.DONE); // once the lease is over
            var before = site.auditor.everything();

            zombie.thaw();

            assertThat(zombie.exitCode()).as(zombie.toString()).isEqualTo(4);
            assertThat(zombie.err()).contains("was taken over by another process");
            assertThat(site.auditor.changesSince(before)).isEmpty();
        }
        assertThat(grant.findings()).isEmpty();
    }

    @Test
    void aZombieThatGeneratesCodesAddsNone() {
        var campaign = site.campaign(1_000);
        try (var trap = Trap.set(site.stores, CODES_PUSHED, 3, COMMIT);
                var zombie = site.program("code", "generate", campaign.name(), "--count", "1000")) {
            trap.awaitCatch(zombie);
            zombie.freeze();
            long run;
            try (var sql = site.stores.sql()) {
                run = sql.number("SELECT max(id) FROM run WHERE job = 'generate-codes'");
            }
            var goneOn = site.the(CodeDesk.class).restart(run, Site.operator(), progress -> {});
            assertThat(goneOn.state()).isEqualTo(RunState.DONE);
            var before = site.auditor.everything();

            zombie.thaw();

            assertThat(zombie.exitCode()).as(zombie.toString()).isEqualTo(4);
            assertThat(zombie.err()).contains("was taken over by another process");
            assertThat(site.auditor.changesSince(before)).isEmpty();
        }
        assertThat(site.auditor.findings(campaign.id(), List.of())).isEmpty();
    }
}

package io.largesse.samples.bench;

import static io.largesse.samples.bench.Moment.CODES_PUSHED;
import static io.largesse.samples.bench.Moment.GIVEN_BACK;
import static io.largesse.samples.bench.Moment.SERIALS_RESERVED;
import static io.largesse.samples.bench.Trap.Point.COMMIT;
import static io.largesse.samples.bench.Trap.Point.FIRST_ROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.RunState;
import io.largesse.jobs.CodeDesk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program killed while codes come into their pool, and while they go back to it. */
class CodesKilledTest {

    private static final int CODES = 600;

    private final Site site = SharedSite.get();

    @Test
    void killedWithCodesPushedAndNotOnRecord() {
        var campaign = site.campaign(CODES);
        try (var trap = Trap.set(site.stores, CODES_PUSHED, 3, COMMIT);
                var program = generate(campaign.name())) {
            trap.awaitCatch(program);
            program.kill();
            goOn();
        }
        assertThat(site.auditor.findings(campaign.id(), List.of())).isEmpty();
    }

    @Test
    void killedWithSerialsReservedAndNotAnswered() {
        var campaign = site.campaign(CODES);
        try (var trap = Trap.set(site.stores, SERIALS_RESERVED, 1, COMMIT);
                var program = generate(campaign.name())) {
            trap.awaitCatch(program);
            site.killUnanswered(trap, program);
        }
        goOn();
        assertThat(site.auditor.findings(campaign.id(), List.of())).isEmpty();
    }

    /** The grant finds too few codes: those that it took go back, each once. */
    @Test
    void killedWithCodesBackInThePoolAndNotOnRecord() {
        var campaign = site.stocked(CODES - 1);
        var grant = site.trial(campaign, 1, CODES).checked();
        try (var trap = Trap.set(site.stores, GIVEN_BACK, 3, FIRST_ROW);
                var program = grant.issue()) {
            trap.awaitCatch(program);
            program.kill();
            site.lapse();

            assertThat(grant.restart().state()).isEqualTo(RunState.REFUSED);
        }
        assertThat(site.auditor.findings(campaign.id(), List.of(Expected.nothing(grant.id()))))
                .isEmpty();
    }

    private ProgramProcess generate(String campaign) {
        return site.program("code", "generate", campaign, "--count", Integer.toString(CODES));
    }

    private void goOn() {
        site.lapse();
        long run;
        try (var sql = site.stores.sql()) {
            run = sql.number("SELECT max(id) FROM run WHERE job = 'generate-codes'");
        }
        assertThat(site.the(CodeDesk.class)
                        .restart(run, Site.operator(), progress -> {})
                        .state())
                .isEqualTo(RunState.DONE);
    }
}

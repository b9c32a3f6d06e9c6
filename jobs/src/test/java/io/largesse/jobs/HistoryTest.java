package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records of runs: those that are over go, and whatever may be gone on with stays whole. */
class HistoryTest extends Revoking {

    private static final List<String> TABLES = List.of(
            "batch_job_execution",
            "batch_job_execution_params",
            "batch_job_execution_context",
            "batch_step_execution",
            "batch_step_execution_context");

    @Test
    void whatIsOverGoesAndWhatIsUnfinishedGoesOn() {
        var campaign = campaign(2 * USERS);
        var over = lastRun();
        var done = done(campaign, 1, Node.list(USERS / 2));
        var stopped = stoppedPartWay(campaign);
        var failed = failedGeneration();
        age(60);
        var recent = campaign(10);
        var recentRun = lastRun();

        assertThat(purge().state()).isEqualTo(RunState.DONE);
        assertThat(purge().state()).as("once more").isEqualTo(RunState.DONE);

        assertThat(executions(over)).isZero();
        assertThatThrownBy(() -> node.bean(Runs.class).find(over)).isInstanceOf(RefusedException.class);
        assertThat(executions(recentRun)).isPositive();
        assertThat(recent.name()).isNotNull();
        assertThat(node.bean(Runs.class).of(done.subject())).as("of a grant").isNotEmpty();
        for (var table : TABLES.subList(1, 3)) {
            assertThat(node.count("SELECT count(*) FROM " + table
                            + " WHERE job_execution_id NOT IN (SELECT job_execution_id FROM batch_job_execution)"))
                    .isZero();
        }
        assertThat(node.count("SELECT count(*) FROM batch_job_instance WHERE job_instance_id NOT IN"
                        + " (SELECT job_instance_id FROM batch_job_execution)"))
                .isZero();

        assertThat(restart(stopped)).isEqualTo(RunState.DONE);
        assertThat(coupons(campaign)).isEqualTo(USERS + USERS / 2);
        assertThat(node.bean(JobDesk.class)
                        .restart(failed, Node.operator(), p -> {})
                        .state())
                .isEqualTo(RunState.DONE);
        assertThat(revoke(done)).as("a grant without its records").isEqualTo(RunState.DONE);
        assertThat(find(done).state()).isEqualTo(GrantState.REVOKED);
        requireConserved(campaign);
    }

    @Test
    void whatHappenedTheseDaysIsKept() {
        var yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
        assertThatThrownBy(() -> node.bean(JobDesk.class)
                        .run("purge-history", Map.of("before", yesterday), Node.operator(), p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("7 days");
    }

    private static long failedGeneration() {
        Campaign campaign = node.campaign(USERS);
        ambush().loseSession("batch_step_execution", "NEW.step_name LIKE 'push-part%'", 2);
        var outcome = node.codes().generate(campaign, USERS, Node.operator(), p -> {});
        ambush().lift();
        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        return outcome.run();
    }

    private static RunOutcome purge() {
        return node.bean(HistoryDesk.class)
                .purge(Instant.now().minus(Duration.ofDays(30)), null, Node.operator(), p -> {});
    }

    /** All that is there, by so many days. */
    private static void age(int days) {
        var by = " - interval '" + days + " days'";
        node.sql().update("UPDATE run SET started_at = started_at" + by + ", ended_at = ended_at" + by);
        node.sql().update("UPDATE batch_job_execution SET end_time = end_time" + by);
    }

    private static long lastRun() {
        return node.bean(Runs.class).latest(1).get(0).id();
    }

    private static long executions(long run) {
        return node.count(
                "SELECT count(*) FROM batch_job_execution_params WHERE parameter_name = 'run' AND parameter_value = ?",
                Long.toString(run));
    }
}

package io.largesse.app.schedule;

import io.largesse.app.cli.Json;
import io.largesse.coupons.Fire;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedules;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is to be told: runs that failed or that nobody goes on with, and times of schedules that came to nothing. */
final class Notices {

    private final Runs runs;
    private final Schedules schedules;

    Notices(Runs runs, Schedules schedules) {
        this.runs = runs;
        this.schedules = schedules;
    }

    /** To one caller at a time; null if there is nothing to be told now. */
    @Nullable
    Notice next() {
        var run = runs.nextUntold(ScheduleHealth.LATE);
        if (run != null) {
            return ofRun(run);
        }
        var fire = schedules.nextUntold();
        return fire == null ? null : ofFire(fire);
    }

    private Notice ofRun(Run run) {
        var failed = run.state() == RunState.FAILED;
        var body = Json.of("event", failed ? "run.failed" : "run.silent")
                .with("runId", Long.toString(run.id()))
                .with("job", run.job())
                .with("subject", run.subject())
                .with("cause", run.cause())
                .with("attempts", run.attempts())
                .with("message", failed ? run.message() : run.owner() + " tells nothing of it any more")
                .with("startedAt", run.startedAt())
                .with("endedAt", run.endedAt());
        return new Notice(run.id() + "-" + run.attempts() + (failed ? "" : "-silent"), body, () -> runs.told(run));
    }

    private Notice ofFire(Fire fire) {
        var schedule = schedules.byId(fire.scheduleId());
        var body = Json.of("event", "schedule." + fire.state().name().toLowerCase(Locale.ROOT))
                .with("schedule", schedule == null ? null : schedule.name())
                .with("job", schedule == null ? null : schedule.job())
                .with("plannedAt", fire.plannedAt())
                .with("runId", fire.runId() == null ? null : Long.toString(fire.runId()))
                .with("message", fire.reason())
                .with("endedAt", fire.endedAt());
        return new Notice(fire.requestId(), body, () -> schedules.told(fire));
    }
}

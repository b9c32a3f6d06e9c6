package io.largesse.scheduler;

import io.largesse.coupons.Actor;
import io.largesse.coupons.ConcurrentTakeException;
import io.largesse.coupons.Fire;
import io.largesse.coupons.FireState;
import io.largesse.coupons.Messages;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedule;
import io.largesse.coupons.Schedules;
import io.largesse.jobs.JobDesk;
import io.largesse.jobs.ProcessName;
import io.largesse.jobs.RunOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/** Runs what was planned, one at a time on this node. What a node that died has begun is found by the request of its run, and gone on with. */
public final class FireRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FireRunner.class);

    private static final int MOST_ATTEMPTS = 5;
    private static final Duration LATER = Duration.ofSeconds(2);

    private final Schedules schedules;
    private final JobDesk jobs;
    private final Runs runs;
    private final String self;
    private volatile @Nullable Fire current;
    private volatile boolean stopping;

    public FireRunner(Schedules schedules, JobDesk jobs, Runs runs, ProcessName self) {
        this.schedules = schedules;
        this.jobs = jobs;
        this.runs = runs;
        this.self = self.value();
    }

    /** @return whether there was one to run */
    public boolean runNext() {
        var fire = take();
        if (fire == null) {
            return false;
        }
        current = fire;
        var timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "fire-beat");
            thread.setDaemon(true);
            return thread;
        });
        var beat = runs.lease().beat().toMillis();
        var unused = timer.scheduleAtFixedRate(() -> beat(fire), beat, beat, TimeUnit.MILLISECONDS);
        try {
            run(fire);
        } finally {
            timer.shutdownNow();
            current = null;
        }
        return true;
    }

    /** Asks what runs to stop after its chunk; another node goes on with it. */
    public void stop() {
        stopping = true;
        var fire = current;
        if (fire != null) {
            runs.ofFire(fire).stream()
                    .filter(run -> run.state().isActive())
                    .forEach(run -> jobs.stop(run.id(), actor(schedules.byId(fire.scheduleId()), fire)));
        }
    }

    private @Nullable Fire take() {
        try {
            return schedules.take(self, runs.lease().time());
        } catch (ConcurrentTakeException e) {
            return null;
        }
    }

    private void beat(Fire fire) {
        try {
            if (!schedules.beat(fire, runs.lease().time())) {
                LOG.warn("the time {} of schedule {} is another node's by now", fire.plannedAt(), fire.scheduleId());
            }
        } catch (RuntimeException e) {
            LOG.warn("the time {} of schedule {} could not be kept", fire.plannedAt(), fire.scheduleId(), e);
        }
    }

    private void run(Fire fire) {
        var schedule = schedules.byId(fire.scheduleId());
        try {
            var begun = begun(fire);
            if (begun != null && begun.state().isActive() && begun.alive()) {
                schedules.putOff(fire, LATER); // somebody is at it
            } else if (begun == null && fire.attempts() > MOST_ATTEMPTS) {
                schedules.end(fire, FireState.FAILED, "given up after " + MOST_ATTEMPTS + " attempts", null);
            } else {
                end(fire, begun == null ? start(schedule, fire) : goOn(begun, schedule, fire));
            }
        } catch (DuplicateKeyException e) {
            schedules.putOff(fire, LATER); // begun by another node in this moment
        } catch (RefusedException e) {
            schedules.end(fire, FireState.REFUSED, Messages.text(e.why(), Locale.ENGLISH), null);
        } catch (RuntimeException e) {
            LOG.error("the time {} of schedule {} failed", fire.plannedAt(), schedule.name(), e);
            schedules.putOff(fire, LATER);
        }
    }

    /** Of several runs that were begun for it, one that has not come to its end; else the last. */
    private @Nullable Run begun(Fire fire) {
        var all = runs.ofFire(fire);
        return all.stream()
                .filter(run -> run.state() != RunState.DONE)
                .findFirst()
                .orElse(all.isEmpty() ? null : all.get(all.size() - 1));
    }

    private RunOutcome start(Schedule schedule, Fire fire) {
        Map<String, String> parameters =
                PlannedTime.resolve(schedule.parameterMap(), fire.plannedAt(), schedule.zone());
        return jobs.run(schedule.job(), parameters, actor(schedule, fire), progress -> {});
    }

    /** One that was stopped, or has failed, has ended so; it is for a person to go on with it. */
    private RunOutcome goOn(Run begun, Schedule schedule, Fire fire) {
        return begun.state().isActive()
                ? jobs.restart(begun.id(), actor(schedule, fire), progress -> {})
                : new RunOutcome(begun.id(), begun.state(), null);
    }

    private void end(Fire fire, RunOutcome outcome) {
        var why = outcome.why() == null ? null : Messages.text(outcome.why(), Locale.ENGLISH);
        var run = outcome.run() == 0 ? null : (Long) outcome.run();
        if (stopping && outcome.state() == RunState.STOPPED) {
            runs.release(outcome.run());
            schedules.putOff(fire, Duration.ZERO);
            return;
        }
        schedules.end(fire, FireState.valueOf(outcome.state().name()), why, run);
    }

    private static Actor actor(Schedule schedule, Fire fire) {
        return new Actor("schedule " + schedule.name(), "schedule", fire.requestId());
    }
}

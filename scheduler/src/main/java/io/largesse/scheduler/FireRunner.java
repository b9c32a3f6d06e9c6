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
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what was planned, one time after the other; a node may have several of these. What a node that died has begun is found
 * by the request of its run, and gone on with.
 */
public final class FireRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FireRunner.class);

    /** A run that kills its process would kill this one too. */
    private static final int MOST_ATTEMPTS = 5;

    /** Some twenty minutes, with pauses that grow. */
    private static final int MOST_FAILURES = 10;

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final long LONGEST_PAUSE_SECONDS = 300;

    /** Refusals for the moment: another run is in the way, or this node's clock is behind the one by which times are planned. */
    private static final Set<String> IN_THE_WAY = Set.of(
            "coupons.run.busy",
            "coupons.run.dead",
            "coupons.run.beside",
            "coupons.run.not-alone",
            "coupons.run.over",
            "jobs.sweep.future",
            "jobs.archive.future",
            "jobs.purge.recent");

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
        var fire = stopping ? null : take();
        if (fire == null) {
            return false;
        }
        current = fire;
        if (stopping) {
            schedules.putOff(fire, Duration.ZERO, "its node was stopped", false);
            return false;
        }
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

    /** Asks what runs to stop after its chunk; another node goes on with it. Nothing begins any more. */
    public void stop() {
        stopping = true;
        var fire = current;
        if (fire != null) {
            runs.ofFire(fire).stream().filter(run -> run.state().isActive()).forEach(run -> {
                if (jobs.stop(run.id(), actor("?", fire))) { // else a person has asked it to
                    runs.handOver(run.id());
                }
            });
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
        if (schedule == null) {
            return; // removed, with all its times
        }
        try {
            var begun = begun(fire);
            if (begun != null) {
                goOn(fire, begun, schedule);
            } else if (schedule.paused() && fire.attempts() > 1) { // the first time somebody may have fired it by hand
                schedules.end(fire, FireState.SKIPPED, "paused before it began", null);
            } else {
                ended(fire, start(schedule, fire));
            }
        } catch (RefusedException e) {
            refused(fire, schedule, e);
        } catch (RuntimeException e) {
            failed(fire, schedule, e);
        }
    }

    /** Of the runs that were begun for it, the one at work; else one that has not come to its end; else the last. */
    private @Nullable Run begun(Fire fire) {
        return runs.ofFire(fire).stream()
                .max(Comparator.comparing((Run run) -> run.state().isActive())
                        .thenComparing(run -> run.state() != RunState.DONE)
                        .thenComparing(Run::id))
                .orElse(null);
    }

    private RunOutcome start(Schedule schedule, Fire fire) {
        var parameters = PlannedTime.resolve(schedule.parameterMap(), fire.plannedAt(), schedule.zone());
        return jobs.run(schedule.job(), parameters, actor(schedule.name(), fire), progress -> {});
    }

    /** What a person has stopped, or what has failed, has ended so: it is for a person to go on with it. */
    private void goOn(Fire fire, Run begun, Schedule schedule) {
        if (begun.state() == RunState.STOPPED && begun.handedOver()) {
            ended(fire, jobs.restart(begun.id(), actor(schedule.name(), fire), progress -> {}));
        } else if (!begun.state().isActive()) {
            schedules.end(fire, FireState.valueOf(begun.state().name()), begun.message(), begun.id());
        } else if (begun.alive() || jobs.isOfThisProcess(begun.id())) {
            schedules.putOff(fire, SOON, "run " + begun.id() + " is at work", false);
        } else if (begun.state() == RunState.STOPPING && !begun.handedOver()) {
            schedules.end(fire, FireState.STOPPED, "its node died while it was stopping", begun.id());
        } else if (begun.attempts() >= MOST_ATTEMPTS) {
            var why = "run " + begun.id() + " has lost its process " + begun.attempts() + " times; job restart "
                    + begun.id();
            schedules.end(fire, FireState.FAILED, why, begun.id());
        } else {
            ended(fire, jobs.restart(begun.id(), actor(schedule.name(), fire), progress -> {}));
        }
    }

    /** How it ended is told by the run's record: another node may have taken it over from this one. */
    private void ended(Fire fire, RunOutcome outcome) {
        if (outcome.run() == 0) {
            schedules.end(fire, FireState.DONE, "there was nothing to do", null);
            return;
        }
        var run = runs.find(outcome.run());
        if (stopping && run.state() == RunState.STOPPED) {
            runs.release(run.id());
            schedules.putOff(fire, Duration.ZERO, "its node was stopped", false);
        } else if (run.state().isActive()) {
            schedules.putOff(fire, SOON, "run " + run.id() + " was taken over by another node", false);
        } else {
            schedules.end(fire, FireState.valueOf(run.state().name()), run.message(), run.id());
        }
    }

    private void refused(Fire fire, Schedule schedule, RefusedException e) {
        var why = Messages.text(e.why(), Locale.ENGLISH);
        if (begun(fire) != null) {
            schedules.putOff(fire, SOON, why, false); // it was taken up by another node in this moment: look again
        } else if (IN_THE_WAY.contains(e.why().code())) {
            later(fire, schedule, LATER, why, false);
        } else {
            schedules.end(fire, FireState.REFUSED, why, null);
        }
    }

    private void failed(Fire fire, Schedule schedule, RuntimeException e) {
        LOG.error("the time {} of schedule {} could not be run", fire.plannedAt(), fire.scheduleId(), e);
        if (fire.failures() >= MOST_FAILURES) {
            schedules.end(
                    fire, FireState.FAILED, "given up after " + fire.failures() + " failures: " + e.getMessage(), null);
        } else {
            var pause = Math.min(LONGEST_PAUSE_SECONDS, 2L << fire.failures());
            later(fire, schedule, Duration.ofSeconds(pause), String.valueOf(e.getMessage()), true);
        }
    }

    /** What has not begun does not begin any more once its schedule was paused, or changed to be something else. */
    private void later(Fire fire, Schedule before, Duration pause, String why, boolean failed) {
        var now = schedules.byId(fire.scheduleId());
        var paused = now != null && now.paused() && !before.paused();
        var changed = now != null && !now.draft().equals(before.draft());
        if ((paused || changed) && begun(fire) == null) {
            schedules.end(fire, FireState.SKIPPED, (paused ? "paused" : "changed") + " before it began: " + why, null);
        } else {
            schedules.putOff(fire, pause, why, failed);
        }
    }

    private static Actor actor(String schedule, Fire fire) {
        return new Actor("schedule " + schedule, "schedule", fire.requestId());
    }
}

package io.largesse.coupons;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs, their leases and their fence: at any time one process at most writes for a run. */
@Component
public class Runs {

    private final RunMapper runs;
    private final Clock clock;
    private final Lease lease;

    Runs(RunMapper runs, Clock clock, ObjectProvider<Lease> lease) {
        this.runs = runs;
        this.clock = clock;
        this.lease = lease.getIfAvailable(() -> Lease.DEFAULT);
    }

    public Lease lease() {
        return lease;
    }

    /** Starts a run; refused while another of the same job works on the same subject, or one that must not be beside it. */
    @Transactional
    public RunHold start(RunSpec spec, Actor by, String owner) {
        requireMine(by, owner);
        requireNoneBeside(0, spec.campaign(), spec.alone());
        var id = runs.insert(spec, by.requestId(), by.toString(), owner, lease.seconds(), clock.instant());
        while (id == null) {
            requireNoneActive(spec.job(), spec.subject());
            // the other one has just ended
            id = runs.insert(spec, by.requestId(), by.toString(), owner, lease.seconds(), clock.instant());
        }
        runs.insertToken(id);
        return new RunHold(id, 1);
    }

    /**
     * Takes a run over that was stopped, refused, has failed, or whose owner is silent for longer than its lease. Whatever the
     * former owner has not committed is undone, and nothing that it still sends is accepted.
     */
    @Transactional
    public RunHold takeOver(long id, String owner) {
        var known = find(id);
        if (known.state().isActive() && !known.alive() && !known.owner().equals(owner)) {
            // frozen in the midst of a beat it holds the run's row: its sessions end before the row is asked for
            runs.endSessions(known.owner());
        }
        requireNoneBeside(id, known.campaignId(), known.alone());
        var run = runs.lock(id);
        if (run == null) {
            throw RefusedException.of("coupons.run.unknown", id);
        }
        if (run.state().isActive() && run.alive()) {
            throw busy(run);
        }
        if (run.state() == RunState.DONE) {
            throw RefusedException.of("coupons.run.over", id, run.state());
        }
        if (!run.state().isActive()) {
            requireNoneActive(run.job(), run.subject());
        } else if (!run.owner().equals(owner)) {
            runs.endSessions(run.owner());
        }
        var token = runs.raiseToken(id);
        runs.takeOver(id, owner, lease.seconds());
        return new RunHold(id, token);
    }

    /** Renews the lease and tells the progress; false if the run was taken over. */
    @Transactional
    public boolean beat(RunHold hold, RunProgress progress) {
        return isNewest(hold) && runs.beat(hold.run(), hold.token(), lease.seconds(), progress) == 1;
    }

    /**
     * To be called in each transaction that writes for a run: it commits only while the hold is the newest, and a
     * take-over waits for it.
     *
     * @return whether somebody asked the run to stop
     */
    public boolean fence(RunHold hold) {
        var state = runs.fence(hold.run(), hold.token());
        if (state == null) {
            throw new FencedException(hold);
        }
        return state == RunState.STOPPING;
    }

    /** Asks a run to stop after its current chunk; false if it is not running. */
    @Transactional
    public boolean requestStop(long id) {
        return runs.requestStop(id) == 1;
    }

    /** Ends a run; false if it was taken over meanwhile. */
    @Transactional
    public boolean end(RunHold hold, RunState state, @Nullable String message) {
        return isNewest(hold) && runs.end(hold.run(), hold.token(), state, message, clock.instant()) == 1;
    }

    /** Locks the run before its token is read: a take-over holds the same lock until the higher token is there to see. */
    private boolean isNewest(RunHold hold) {
        var run = runs.lock(hold.run());
        return run != null && run.state().isActive() && runs.token(hold.run()) == hold.token();
    }

    public Run find(long id) {
        var run = runs.find(id);
        if (run == null) {
            throw RefusedException.of("coupons.run.unknown", id);
        }
        return run;
    }

    public @Nullable Run last(String job, String subject) {
        return runs.last(job, subject);
    }

    /** All runs that worked on a subject, oldest first. */
    public List<Run> of(String subject) {
        return runs.of(subject);
    }

    /** What was begun for a time of a schedule, oldest first. */
    public List<Run> ofFire(Fire fire) {
        return runs.ofFire(fire.requestId());
    }

    /** Those that are at work, or were when their process died; oldest first. */
    public List<Run> begun() {
        return runs.begun();
    }

    public List<Run> latest(int most) {
        return runs.latest(most);
    }

    /** Runs whose owner is silent, that nobody asked to stop, and that were taken up fewer times than that. */
    public List<Run> dead(int attempts) {
        return runs.dead(attempts);
    }

    /** Says of a run that was asked to stop that its own node did it, which is about to end. */
    @Transactional
    public void handOver(long id) {
        runs.handOver(id);
    }

    /** Leaves a run that was stopped to other processes, which take it for dead. */
    @Transactional
    public void release(long id) {
        var campaign = find(id).campaignId();
        if (campaign != null) {
            var unused = runs.lockCampaign(campaign);
        }
        runs.release(id);
    }

    /** Runs that nobody has told of for so long, and nobody goes on with. */
    public long silent(Duration time) {
        return runs.silent(time.toSeconds());
    }

    /**
     * A run that has failed, or that was left for so long, and is to be told now, to one caller at a time; null if there is
     * none. Until it is {@linkplain #told told} it comes again, after pauses that grow to an hour, for a day.
     */
    @Transactional
    public @Nullable Run nextUntold(Duration silent) {
        return runs.nextUntold(silent.toSeconds());
    }

    /** Somebody has heard that this attempt of the run has failed, or was left. */
    @Transactional
    public void told(Run run) {
        runs.told(run);
    }

    /** The runs that are not over. */
    public List<RunFigure> figures() {
        return runs.figures();
    }

    /** A node that was frozen before it began with a time of a schedule begins nothing after another one has taken that. */
    private void requireMine(Actor by, String owner) {
        if (by.requestId().matches(Fire.REQUEST + "\\d+") && !runs.isMine(by.requestId(), owner)) {
            throw RefusedException.of("coupons.fire.not-mine", by.requestId());
        }
    }

    /** Refused while a run moves codes of the campaign that must be alone; none starts before the end of the transaction. */
    @Transactional
    public void requireNoneAlone(long campaign) {
        requireNoneBeside(0, campaign, false);
    }

    /** The campaign's row is locked, so that of two that begin at once each sees the other. */
    private void requireNoneBeside(long id, @Nullable Long campaign, boolean alone) {
        if (campaign == null) {
            return;
        }
        var unused = runs.lockCampaign(campaign);
        var other = runs.beside(campaign, id, alone);
        if (other != null) {
            if (other.state().isActive() && !other.alive()) {
                throw RefusedException.of("coupons.run.dead", other.job(), other.subject(), other.id());
            }
            throw alone
                    ? RefusedException.of(
                            "coupons.run.not-alone", other.id(), other.job(), other.subject(), other.state())
                    : RefusedException.of(
                            "coupons.run.beside", other.id(), other.job(), other.subject(), other.state());
        }
    }

    private void requireNoneActive(String job, String subject) {
        var active = runs.active(job, subject);
        if (active != null) {
            throw active.alive() ? busy(active) : RefusedException.of("coupons.run.dead", job, subject, active.id());
        }
    }

    private static RefusedException busy(Run run) {
        return RefusedException.of("coupons.run.busy", run.job(), run.subject(), run.owner(), run.id());
    }
}

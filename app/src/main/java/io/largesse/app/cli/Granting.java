package io.largesse.app.cli;

import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Message;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.GrantRequest;
import io.largesse.jobs.RunOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings a grant from its request to its end, and tells how it ended. */
final class Granting {

    private final Session session;
    private final GrantDesk desk;
    private final Work work;
    private final long started = System.nanoTime();
    private @Nullable RunOutcome last;

    Granting(Session session) {
        this.session = session;
        this.desk = session.get(GrantDesk.class);
        this.work = new Work(session);
    }

    ProgressPrinter progress() {
        return work.progress();
    }

    /** Puts the list on record and checks it; issues its coupons too unless this is a dry run. */
    int start(GrantRequest request, boolean dryRun) {
        var id = receive(request);
        var checked = check(id);
        if (checked.state() != RunState.DONE || dryRun) {
            return answer(id);
        }
        return issue(id);
    }

    long receive(GrantRequest request) {
        if (session.console().isTerminal()) {
            session.console().redraw(session.text("app.grant.receiving"));
        }
        var grant = desk.receive(request, session.actor());
        session.say("app.grant.received", Long.toString(grant.id()));
        return grant.id();
    }

    RunOutcome check(long id) {
        var outcome = run(progress -> desk.check(id, session.actor(), progress));
        if (outcome.state() == RunState.DONE) {
            GrantView.checked(desk.summary(id), session);
        }
        return outcome;
    }

    /** Issues the coupons of a checked grant and answers with how that ended. */
    int issue(long id) {
        run(progress -> desk.issue(id, session.actor(), progress));
        return answer(id);
    }

    /** As {@link #issue}, with nothing said yet: {@link #answer} or {@link #json} tells how it ended. */
    int issueQuietly(long id) {
        var outcome = run(progress -> desk.issue(id, session.actor(), progress));
        return exitCode(session.get(Grants.class).find(id), outcome);
    }

    int restart(long id) {
        run(progress -> desk.restart(id, session.actor(), progress));
        return answer(id);
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private RunOutcome run(Function<Consumer<RunProgress>, RunOutcome> run) {
        var outcome = work.outcome(run);
        last = outcome;
        return outcome;
    }

    Json json(Grant grant) {
        return GrantView.outcome(grant, Objects.requireNonNull(last).run(), took());
    }

    void tellDone(Grant grant) {
        GrantView.done(grant, took(), session);
    }

    int answer(long id) {
        var grant = session.get(Grants.class).find(id); // not asked of Redis, whose failure may be what is to be told
        var outcome = Objects.requireNonNull(last);
        var code = exitCode(grant, outcome);
        tell(grant, outcome, took());
        var json = json(grant);
        session.answer(code == ExitCode.DONE ? json : json.with("error", error(outcome)));
        return code;
    }

    /** The grant's state says more than the run's: a run may be refused when coupons are out already. */
    private static int exitCode(Grant grant, RunOutcome outcome) {
        if (outcome.takenOver()) {
            return ExitCode.UNFINISHED;
        }
        return switch (grant.state()) {
            case REFUSED -> ExitCode.REFUSED;
            case STOPPED, FAILED, REVOKING -> ExitCode.UNFINISHED;
            default -> Work.exitCode(outcome);
        };
    }

    private void tell(Grant grant, RunOutcome outcome, Duration took) {
        var id = Long.toString(grant.id());
        var why = words(outcome.why());
        var restart = session.command("grant restart " + id);
        var state = grant.state();
        if (outcome.takenOver()) {
            session.note("app.grant.taken-over", id, why, session.command("grant show " + id));
        } else if (state == GrantState.DONE) {
            GrantView.done(grant, took, session);
        } else if (state == GrantState.CHECKED && outcome.state() == RunState.DONE) {
            session.say("app.grant.next", session.command("grant start --checked " + id));
        } else if (state == GrantState.REFUSED || outcome.state() == RunState.REFUSED) {
            session.note("app.grant.refused", id, why);
            if (grant.rejected() != null && grant.rejected() > 0) {
                session.note("app.grant.report", session.command("grant report " + id + " --to rejects.xlsx"));
            }
        } else if (outcome.state() == RunState.STOPPED) {
            session.note("app.grant.stopped", id, grant.issued(), restart);
        } else {
            session.note("app.grant.failed", id, grant.issued(), why, restart, session.log());
        }
    }

    private Json error(RunOutcome outcome) {
        return Json.of("code", Work.errorCode(outcome)).with("message", words(outcome.why()));
    }

    private String words(@Nullable Message why) {
        return why == null ? session.text("app.run.no-reason") : session.texts().of(why);
    }
}

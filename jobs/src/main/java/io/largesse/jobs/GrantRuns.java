package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.IssueParts;
import io.largesse.coupons.Lists;
import io.largesse.coupons.Message;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** Runs the two jobs of a grant, and moves the grant as they end. */
@Component
class GrantRuns {

    static final String ISSUE = "issue-grant";

    private final Job checkGrant;
    private final Job issueGrant;
    private final JobRunner runner;
    private final Runs runs;
    private final Grants grants;
    private final IssueParts parts;
    private final Lists lists;
    private final Leftovers leftovers;

    GrantRuns(
            Job checkGrant,
            Job issueGrant,
            JobRunner runner,
            Runs runs,
            Grants grants,
            IssueParts parts,
            Lists lists,
            Leftovers leftovers) {
        this.checkGrant = checkGrant;
        this.issueGrant = issueGrant;
        this.runner = runner;
        this.runs = runs;
        this.grants = grants;
        this.parts = parts;
        this.lists = lists;
        this.leftovers = leftovers;
    }

    RunOutcome check(Grant grant, Actor by, Consumer<RunProgress> progress) {
        var hold = hold(checkGrant, grant, by, progress);
        var now = grants.find(grant.id()).state(); // while we hold the run nobody takes the grant back
        if (now != GrantState.RECEIVED && !grants.move(grant.id(), GrantState.RECEIVED)) {
            throw refusedAs(now, grant, hold);
        }
        return run(checkGrant, grant, hold, progress);
    }

    RunOutcome issue(Grant grant, Actor by, Consumer<RunProgress> progress) {
        endCheck(grant, progress);
        var hold = hold(issueGrant, grant, by, progress);
        if (!grants.running(grant.id())) {
            throw refusedAs(grants.find(grant.id()).state(), grant, hold);
        }
        return run(issueGrant, grant, hold, progress);
    }

    private RefusedException refusedAs(GrantState now, Grant grant, RunHold hold) {
        runs.end(hold, RunState.REFUSED, null);
        return RefusedException.of("jobs.grant.state", grant.id(), now);
    }

    /** The process that checked the list may have died between its verdict and the end of its run. */
    private void endCheck(Grant grant, Consumer<RunProgress> progress) {
        var check = runs.last(checkGrant.getName(), grant.subject());
        if (check == null || !check.state().isActive()) {
            return;
        }
        try {
            runs.end(runner.takeOver(check, progress), RunState.DONE, null);
        } catch (RefusedException e) {
            if (runs.find(check.id()).state() != RunState.DONE) {
                throw e;
            } // it was not dead, and has ended meanwhile
        }
    }

    /** Whether the grant was never issued from before. */
    boolean isFirstIssue(Grant grant) {
        return runs.last(issueGrant.getName(), grant.subject()) == null;
    }

    /** Whether the grant is done but its run is not: the process died over the report. */
    boolean isOnlyUnreported(Grant grant) {
        var last = runs.last(issueGrant.getName(), grant.subject());
        return grant.state() == GrantState.DONE && last != null && last.state() != RunState.DONE;
    }

    /** Ends the run of a grant that is done, with the report. */
    RunOutcome report(Grant grant, Actor by, Consumer<RunProgress> progress) {
        var hold = hold(issueGrant, grant, by, progress);
        var now = grants.find(grant.id()).state();
        if (now != GrantState.DONE) {
            throw refusedAs(now, grant, hold);
        }
        return run(issueGrant, grant, hold, progress);
    }

    /**
     * Ends as failed what a process was doing for the grant when it died, for somebody who will not go on with it. Refused
     * while the process lives.
     */
    void endDead(Grant grant, Consumer<RunProgress> progress) {
        for (var run : runs.of(grant.subject())) {
            if (run.state().isActive() && run.alive()) {
                throw RefusedException.of("coupons.revoke.running", grant.id(), run.id(), run.owner());
            }
            if (run.state().isActive()) {
                endAsFailed(run, grant, progress);
            }
        }
    }

    /** Waits for its lease if need be. */
    void endAsFailed(Run run, Grant grant, Consumer<RunProgress> progress) {
        var hold = runner.takeOver(run, progress);
        unfinished(grant, GrantState.FAILED); // first: a crash in between leaves a run to end
        runs.end(hold, RunState.FAILED, null);
    }

    /** Also the generation of codes that the grant may wait for. */
    boolean requestStop(Grant grant) {
        var asked = Stream.of(grant.subject(), CodeDesk.subject(grant))
                .flatMap(subject -> runs.of(subject).stream())
                .filter(run -> runs.requestStop(run.id()))
                .count();
        return asked > 0;
    }

    /** A grant has one run of each job in all its life; restarts take it over. */
    private RunHold hold(Job job, Grant grant, Actor by, Consumer<RunProgress> progress) {
        var last = runs.last(job.getName(), grant.subject());
        if (last == null) {
            return runner.start(spec(job, grant), by);
        }
        var hold = runner.takeOver(last, progress);
        leftovers.files(grant);
        return hold;
    }

    private RunSpec spec(Job job, Grant grant) {
        var parameters = "grant=" + grant.id();
        return job == checkGrant
                ? RunSpec.of(job.getName(), grant.subject(), parameters)
                : RunSpec.beside(job.getName(), grant.subject(), parameters, grant.campaignId());
    }

    private RunOutcome run(Job job, Grant grant, RunHold hold, Consumer<RunProgress> progress) {
        var identifying =
                new JobParametersBuilder().addLong(Steps.GRANT, grant.id()).toJobParameters();
        var outcome = runner.run(job, hold, identifying, progress, ended -> settle(grant, ended));
        if (outcome.state() == RunState.REFUSED) {
            leftovers.tryToClean(grant.id());
        }
        return outcome;
    }

    private void settle(Grant grant, RunOutcome outcome) {
        switch (outcome.state()) {
            case STOPPED -> unfinished(grant, GrantState.STOPPED);
            case FAILED -> unfinished(grant, GrantState.FAILED);
            case REFUSED -> refused(grant, outcome);
            default -> {}
        }
    }

    private void unfinished(Grant grant, GrantState state) {
        if (!parts.of(grant.id()).isEmpty()) {
            grants.issued(grant.id(), parts.issued(grant.id()));
        }
        grants.move(grant.id(), state);
    }

    /** A grant that has issued something cannot be refused any more: it waits until the reason is gone. */
    private void refused(Grant grant, RunOutcome outcome) {
        if (parts.issued(grant.id()) > 0) {
            unfinished(grant, GrantState.FAILED);
        } else {
            lists.dropStaging(grant.id());
            grants.refuse(grant.id(), outcome.why() == null ? Message.of("jobs.grant.refused") : outcome.why());
        }
    }
}

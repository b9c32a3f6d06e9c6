package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.RefusedException;
import java.util.concurrent.CompletableFuture;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.task.TaskExecutor;
import org.springframework.stereotype.Component;

/** Numbers the recipients of a grant and decides whether its list can be trusted. */
@Component
class GrantCheck {

    private final Grants grants;
    private final Lists lists;
    private final LiveRuns live;
    private final TaskExecutor partitionExecutor;

    GrantCheck(Grants grants, Lists lists, LiveRuns live, TaskExecutor partitionExecutor) {
        this.grants = grants;
        this.lists = lists;
        this.live = live;
        this.partitionExecutor = partitionExecutor;
    }

    void analyze(StepExecution step) {
        live.of(Steps.runOf(step)).begin("number", 0, 0);
        var grant = grants.find(Steps.grantOf(step));
        if (lists.isStaged(grant.id())) {
            lists.analyze(grant);
        }
    }

    void number(StepExecution step) {
        var grant = grants.find(Steps.grantOf(step));
        if (lists.isStaged(grant.id())) {
            var counts = lists.number(grant, holders(grant)::join);
            requireAllRows(grant, counts.rows());
            grants.counted(grant.id(), counts);
        } else {
            requireStaged(grant); // numbered before a crash, which Spring Batch has not heard of
        }
    }

    /** Counted beside the numbering, in a session of its own: each keeps a processor busy for as long as the other. */
    private CompletableFuture<Long> holders(Grant grant) {
        return grant.skipHolders()
                ? CompletableFuture.completedFuture(0L)
                : CompletableFuture.supplyAsync(() -> lists.holders(grant), partitionExecutor);
    }

    void judge(StepExecution step) {
        var grant = grants.find(Steps.grantOf(step));
        live.of(Steps.runOf(step)).begin("check", 0, 0);
        requireStaged(grant);
        if (grant.state() == GrantState.CHECKED) {
            return; // judged before a crash
        }
        var rows = orZero(grant.rowCount());
        var rejected = orZero(grant.rejected());
        if (orZero(grant.recipients()) == 0) {
            throw RefusedException.of("jobs.grant.nobody", rows, rejected, orZero(grant.holders()));
        }
        if (rejected * 10_000 > rows * grant.maxRejects()) {
            throw RefusedException.of(
                    "jobs.grant.too-many-rejects", rejected, rows, grant.maxRejects() / 100.0, grant.id());
        }
        if (!grants.move(grant.id(), GrantState.CHECKED)) {
            throw RefusedException.of(
                    "jobs.grant.state", grant.id(), grants.find(grant.id()).state());
        }
    }

    /** Every row that was read is staged or rejected: a list that lost rows must not pass for a shorter one. */
    private void requireAllRows(Grant grant, long counted) {
        var sources = grants.sources(grant.id());
        var read = sources.stream().mapToLong(source -> orZero(source.rows())).sum();
        if (counted != read || sources.stream().anyMatch(source -> source.rows() == null)) {
            throw new IllegalStateException("grant " + grant.id() + ": " + read + " rows were read, but " + counted
                    + " are staged or rejected; nothing is issued. Start the grant anew.");
        }
    }

    /** What the grant's row says must stand in the tables: a table that lost its rows must not pass for a short list. */
    void requireStaged(Grant grant) {
        var recipients = lists.recipients(grant.id());
        if (recipients != orZero(grant.recipients())) {
            throw new IllegalStateException("grant " + grant.id() + " was checked with " + grant.recipients()
                    + " recipients, but " + recipients + " are there; nothing is issued. Check the database, then start"
                    + " the grant anew.");
        }
    }

    private static long orZero(@org.jspecify.annotations.Nullable Long count) {
        return count == null ? 0 : count;
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Allotments;
import io.largesse.coupons.Grant;
import io.largesse.coupons.IssueParts;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import io.largesse.pools.Pools;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.task.TaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Moves codes from the pools to a grant's allotment, and deals them over its positions. */
@Component
class Allotter {

    private final Pools pools;
    private final CodeTaker taker;
    private final CodeReplacer replacer;
    private final CodeReturn codes;
    private final Allotments allotments;
    private final IssueParts parts;
    private final Runs runs;
    private final TransactionOperations transactions;
    private final TaskExecutor partitionExecutor;

    Allotter(
            Pools pools,
            CodeTaker taker,
            CodeReplacer replacer,
            CodeReturn codes,
            Allotments allotments,
            IssueParts parts,
            Runs runs,
            TransactionOperations transactions,
            TaskExecutor partitionExecutor) {
        this.pools = pools;
        this.taker = taker;
        this.replacer = replacer;
        this.codes = codes;
        this.allotments = allotments;
        this.parts = parts;
        this.runs = runs;
        this.transactions = transactions;
        this.partitionExecutor = partitionExecutor;
    }

    /** Brings the allotment to exactly the codes needed, none of them in anybody's hands; or to none, and refuses. */
    void allot(Grant grant, RunHold hold, Progress progress) {
        var work = new AllotmentWork(grant, hold, progress, runs, transactions);
        progress.begin("allot", allotments.count(grant.id()), grant.codesNeeded());
        if (pools.fence(grant.pool(), work.taker()) > hold.token()) {
            throw new IllegalStateException("grant " + grant.id() + " was taken over; no code was taken");
        }
        finishGivingBack(work);
        beginParts(work);
        try {
            taker.settle(work);
            var missing = taker.takeMissing(work);
            if (missing > 0) {
                giveBack(work);
                throw RefusedException.of("jobs.grant.too-few-codes", grant.codesNeeded(), missing, grant.id());
            }
            if (arrange(work)) {
                replacer.replaceUsed(work);
            }
        } catch (GateClosedException e) {
            giveBack(work);
            throw RefusedException.of("jobs.grant.gate-closed", grant.id());
        }
    }

    private void beginParts(AllotmentWork work) {
        var grant = work.grant();
        if (parts.of(grant.id()).isEmpty()) {
            var fresh = Partitions.of(grant.codesNeeded());
            if (allotments.isArranged(grant.id())) {
                work.inTransaction(() -> parts.beginFromCoupons(grant, fresh));
            } else {
                work.inTransaction(() -> parts.begin(grant.id(), fresh));
            }
        }
    }

    /**
     * Deals the codes over the positions, while another session looks whether somebody holds one of them.
     *
     * @return whether some code may have to be replaced
     */
    private boolean arrange(AllotmentWork work) {
        var grant = work.grant();
        if (allotments.isArranged(grant.id())) {
            return true;
        }
        var anyUsed = CompletableFuture.supplyAsync(() -> allotments.anyUsed(grant), partitionExecutor);
        var repeated = new AtomicLong();
        try {
            work.inTransaction(() -> repeated.set(allotments.arrange(grant.id())));
        } finally {
            anyUsed.handle((any, failure) -> true).join();
        }
        return joined(anyUsed) || repeated.get() > 0;
    }

    static <T> T joined(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /**
     * Gives all codes of a grant that will issue none back to the pools. PostgreSQL decides it first, under the fence; from
     * then on nobody issues them, and the returns may be repeated.
     */
    private void giveBack(AllotmentWork work) {
        var grant = work.grant();
        work.inTransaction(() -> {
            if (parts.issued(grant.id()) > 0) {
                throw new IllegalStateException(
                        "grant " + grant.id() + " has issued coupons and lacks codes; generate codes, then restart it");
            }
            allotments.giveBackUnissued(grant);
        });
        finishGivingBack(work);
    }

    private void finishGivingBack(AllotmentWork work) {
        codes.back(work.grant(), () -> runs.fence(work.hold()));
    }
}

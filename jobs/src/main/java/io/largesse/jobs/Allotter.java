package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.AllotmentBlock;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Grant;
import io.largesse.coupons.IssueParts;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import io.largesse.coupons.UsedCode;
import io.largesse.pools.AllotmentPlan;
import io.largesse.pools.BlockName;
import io.largesse.pools.Pools;
import io.largesse.pools.PutBack;
import io.largesse.pools.Take;
import io.largesse.pools.Taker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.springframework.core.task.TaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves codes from the pools to a grant's allotment, block by block: taken under a name, committed to PostgreSQL,
 * dropped from Redis. After a crash between any two of these the names tell what was done: a block that PostgreSQL has is
 * dropped, a block that it has not is adopted.
 */
@Component
class Allotter {

    private final Pools pools;
    private final Allotments allotments;
    private final Runs runs;
    private final IssueParts parts;
    private final CodeReturn codes;
    private final AuditTrail audit;
    private final TransactionOperations transactions;
    private final TaskExecutor partitionExecutor;

    Allotter(
            Pools pools,
            Allotments allotments,
            Runs runs,
            IssueParts parts,
            CodeReturn codes,
            AuditTrail audit,
            TransactionOperations transactions,
            TaskExecutor partitionExecutor) {
        this.pools = pools;
        this.allotments = allotments;
        this.runs = runs;
        this.parts = parts;
        this.codes = codes;
        this.audit = audit;
        this.transactions = transactions;
        this.partitionExecutor = partitionExecutor;
    }

    /** Brings the allotment to exactly the codes needed, none of them in anybody's hands; or to none, and refuses. */
    void allot(Grant grant, RunHold hold, Progress progress) {
        var work = new Work(grant, hold, new Taker("g" + grant.id(), hold.token()), progress);
        progress.begin("allot", allotments.count(grant.id()), grant.codesNeeded());
        if (pools.fence(work.taker) > hold.token()) {
            throw new IllegalStateException("grant " + grant.id() + " was taken over; no code was taken");
        }
        finishGivingBack(work);
        beginParts(work);
        try {
            for (int shard = 0; shard < pools.shards(); shard++) {
                settle(work, shard);
            }
            takeMissing(work);
            if (arrange(work)) {
                replaceUsed(work);
            }
        } catch (GateClosedException e) {
            giveBack(work);
            throw RefusedException.of("jobs.grant.gate-closed", grant.id());
        }
    }

    private void beginParts(Work work) {
        var grant = work.grant;
        if (parts.of(grant.id()).isEmpty()) {
            var fresh = Partitions.of(grant.codesNeeded());
            if (allotments.isArranged(grant.id())) {
                inTransaction(work, () -> parts.beginFromCoupons(grant, fresh));
            } else {
                inTransaction(work, () -> parts.begin(grant.id(), fresh));
            }
        }
    }

    /**
     * Deals the codes over the positions, while another session looks whether somebody holds one of them.
     *
     * @return whether some code may have to be replaced
     */
    private boolean arrange(Work work) {
        var grant = work.grant;
        if (allotments.isArranged(grant.id())) {
            return true;
        }
        var anyUsed = CompletableFuture.supplyAsync(() -> allotments.anyUsed(grant), partitionExecutor);
        var repeated = new AtomicLong();
        try {
            inTransaction(work, () -> repeated.set(allotments.arrange(grant.id())));
        } finally {
            anyUsed.handle((any, failure) -> true).join();
        }
        return joined(anyUsed) || repeated.get() > 0;
    }

    /**
     * Gives all codes of a grant that will issue none back to the pools. PostgreSQL decides it first, under the fence; from
     * then on nobody issues them, and the returns may be repeated.
     */
    private void giveBack(Work work) {
        inTransaction(work, () -> {
            if (parts.issued(work.grant.id()) > 0) {
                throw new IllegalStateException("grant " + work.grant.id()
                        + " has issued coupons and lacks codes; generate codes, then restart it");
            }
            allotments.giveBackUnissued(work.grant);
        });
        finishGivingBack(work);
    }

    private void finishGivingBack(Work work) {
        codes.back(work.grant, () -> runs.fence(work.hold));
    }

    /** Names are used one after the other, so what a dead process left in Redis alone is behind the last that is known. */
    private void settle(Work work, int shard) {
        var last = allotments.lastBlock(work.grant.id(), shard);
        if (last > 0) {
            pools.drop(name(work.grant, shard, last));
        }
        var no = last + 1;
        while (isEnded(work, new AllotmentBlock(shard, no, pools.block(name(work.grant, shard, no))))) {
            no++;
        }
    }

    /** @return whether a later block may stand in Redis */
    private boolean isEnded(Work work, AllotmentBlock orphan) {
        var name = name(work.grant, orphan.shard(), orphan.blockNo());
        if (orphan.codes().isEmpty() && work.hold.token() == 1) {
            return false; // nobody was here before
        }
        if (!orphan.codes().isEmpty() && allotments.count(work.grant.id()) < work.grant.codesNeeded()) {
            commit(work, orphan, name);
            return false;
        }
        // taken to replace used codes, which is decided anew; or never taken, or ended before
        var answer = pools.putBack(name, work.taker);
        if (answer instanceof PutBack.Closed) {
            throw new GateClosedException(work.grant.id());
        }
        return CodeReturn.hasEnded(answer, name);
    }

    private void takeMissing(Work work) {
        long missing = work.grant.codesNeeded() - allotments.count(work.grant.id());
        while (missing > 0) {
            var taken = takeFromShards(work, AllotmentPlan.of(pools.level(work.grant.campaignId()), missing));
            missing -= taken;
            if (taken == 0) {
                giveBack(work);
                throw RefusedException.of(
                        "jobs.grant.too-few-codes", work.grant.codesNeeded(), missing, work.grant.id());
            }
        }
        if (missing < 0) {
            throw new IllegalStateException(
                    "grant " + work.grant.id() + " holds " + -missing + " codes more than it needs");
        }
    }

    /** Several shards at once: while one block is committed, Redis is at work on another. None is left working behind. */
    private long takeFromShards(Work work, List<Integer> plan) {
        var shards = IntStream.range(0, plan.size())
                .mapToObj(shard ->
                        CompletableFuture.supplyAsync(() -> takeFrom(work, shard, plan.get(shard)), partitionExecutor))
                .toList();
        CompletableFuture.allOf(shards.toArray(CompletableFuture[]::new))
                .handle((all, failure) -> true)
                .join();
        return shards.stream().mapToLong(Allotter::joined).sum();
    }

    private static <T> T joined(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private long takeFrom(Work work, int shard, int wanted) {
        long taken = 0;
        var blockNo = allotments.lastBlock(work.grant.id(), shard) + 1;
        while (taken < wanted) {
            var name = name(work.grant, shard, blockNo);
            var codes = take(work, name, (int) Math.min(Pools.MAX_CODES, wanted - taken));
            if (codes == null) {
                blockNo++; // a name of an earlier attempt that gave its codes back
                continue;
            }
            if (codes.isEmpty()) {
                break;
            }
            commit(work, new AllotmentBlock(shard, blockNo, codes), name);
            taken += codes.size();
            blockNo++;
        }
        return taken;
    }

    private @org.jspecify.annotations.Nullable List<String> take(Work work, BlockName name, int n) {
        var answer = pools.take(name, n, work.taker);
        if (answer instanceof Take.Taken taken) {
            return taken.codes();
        }
        if (answer instanceof Take.Ended) {
            return null;
        }
        if (answer instanceof Take.Closed) {
            throw new GateClosedException(work.grant.id());
        }
        throw new IllegalStateException("grant " + work.grant.id() + " was taken over; no code was taken as " + name);
    }

    private void commit(Work work, AllotmentBlock block, BlockName name) {
        inTransaction(work, () -> allotments.add(work.grant.id(), block));
        pools.drop(name);
        work.progress.add(block.codes().size());
    }

    /**
     * Redis went back to an earlier state, and handed out codes that it had handed out before. What a replacement brings is
     * looked at in turn.
     */
    private void replaceUsed(Work work) {
        for (var used = used(work); !used.isEmpty(); used = used(work)) {
            replaceSome(work, used);
        }
    }

    private List<UsedCode> used(Work work) {
        var used = allotments.used(work.grant, Pools.MAX_CODES);
        return used.isEmpty() ? allotments.repeated(work.grant, Pools.MAX_CODES) : used;
    }

    private void replaceSome(Work work, List<UsedCode> used) {
        var grant = work.grant;
        var plan = AllotmentPlan.of(pools.level(grant.campaignId()), used.size());
        var replaced = 0;
        for (int shard = 0; shard < plan.size(); shard++) {
            var wanted = Math.min(plan.get(shard), used.size() - replaced);
            if (wanted > 0) {
                replaced += replaceFrom(work, used.subList(replaced, used.size()), shard, wanted);
            }
        }
        if (replaced == 0) {
            throw new IllegalStateException("grant " + grant.id() + ": " + used.size() + " codes came back although"
                    + " somebody holds them, and the pool has none to replace them; generate codes, then restart");
        }
    }

    private int replaceFrom(Work work, List<UsedCode> used, int shard, int wanted) {
        var grant = work.grant;
        var blockNo = allotments.lastBlock(grant.id(), shard) + 1;
        var codes = take(work, name(grant, shard, blockNo), wanted);
        while (codes == null) {
            codes = take(work, name(grant, shard, ++blockNo), wanted);
        }
        if (codes.isEmpty()) {
            return 0;
        }
        var fresh = new AllotmentBlock(shard, blockNo, codes);
        var places = used.subList(0, codes.size());
        inTransaction(work, () -> {
            allotments.replace(grant.id(), places, fresh);
            var by = new Actor("largesse", "job", "run-" + work.hold.run());
            audit.record(by, "code.came-back", grant.subject(), json(places), null);
        });
        pools.drop(name(grant, shard, blockNo));
        return codes.size();
    }

    private void inTransaction(Work work, Runnable change) {
        var stop = Boolean.TRUE.equals(transactions.execute(tx -> {
            change.run();
            return runs.fence(work.hold);
        }));
        if (stop) {
            throw new StopRequestedException();
        }
    }

    private static BlockName name(Grant grant, int shard, int blockNo) {
        return new BlockName(grant.campaignId(), shard, "g" + grant.id() + "-" + blockNo);
    }

    private static String json(List<UsedCode> used) {
        var codes = used.stream().map(u -> '"' + u.code() + '"').toList();
        return "{\"codes\": [" + String.join(", ", codes) + "]}";
    }

    private record Work(Grant grant, RunHold hold, Taker taker, Progress progress) {}
}

package io.largesse.jobs;

import io.largesse.coupons.AllotmentBlock;
import io.largesse.coupons.Allotments;
import io.largesse.pools.AllotmentPlan;
import io.largesse.pools.BlockName;
import io.largesse.pools.Moves;
import io.largesse.pools.Pools;
import io.largesse.pools.PutBack;
import io.largesse.pools.Take;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Takes codes from the pools block by block: taken under a name, committed to PostgreSQL, dropped from Redis. After a
 * crash between any two of these the names tell what was done: a block that PostgreSQL has is dropped, a block that it has
 * not is adopted.
 */
@Component
class CodeTaker {

    private final Pools pools;
    private final Allotments allotments;
    private final TaskExecutor partitionExecutor;

    CodeTaker(Pools pools, Allotments allotments, TaskExecutor partitionExecutor) {
        this.pools = pools;
        this.allotments = allotments;
        this.partitionExecutor = partitionExecutor;
    }

    /** Ends what a dead process began: afterwards no block of the grant stands in Redis. */
    void settle(AllotmentWork work) {
        for (int shard = 0; shard < pools.shards(); shard++) {
            settle(work, shard);
        }
    }

    /** Names are used one after the other, so what a dead process left in Redis alone is behind the last that is known. */
    private void settle(AllotmentWork work, int shard) {
        var last = allotments.lastBlock(work.grant().id(), shard);
        if (last > 0) {
            pools.drop(work.name(shard, last));
        }
        var no = last + 1;
        while (isEnded(work, new AllotmentBlock(shard, no, pools.block(work.name(shard, no))))) {
            no++;
        }
    }

    /** @return whether a later block may stand in Redis */
    private boolean isEnded(AllotmentWork work, AllotmentBlock orphan) {
        var name = work.name(orphan.shard(), orphan.blockNo());
        if (orphan.codes().isEmpty() && work.hold().token() == 1) {
            return false; // nobody was here before
        }
        if (!orphan.codes().isEmpty()
                && allotments.count(work.grant().id()) < work.grant().codesNeeded()) {
            commit(work, orphan, name);
            return false;
        }
        // taken to replace used codes, which is decided anew; or never taken, or ended before
        var answer = pools.putBack(name, work.taker());
        if (answer instanceof PutBack.Closed) {
            throw new GateClosedException(work.grant().id());
        }
        return CodeReturn.hasEnded(answer, name);
    }

    /** @return how many codes of those that the grant needs the pool had not; 0 in the end, or too few */
    long takeMissing(AllotmentWork work) {
        var grant = work.grant();
        long missing;
        do {
            missing = grant.codesNeeded() - allotments.count(grant.id());
            for (long taken = 1; missing > 0 && taken > 0; missing -= taken) {
                taken = takeFromShards(work, AllotmentPlan.of(pools.level(grant.pool()), missing));
            }
            // there are none only if none was on its way between shards, then and all the time
        } while (missing > 0 && pools.moves().refill(grant.pool(), 0) == Moves.Found.CODES);
        if (missing < 0) {
            throw new IllegalStateException("grant " + grant.id() + " holds " + -missing + " codes more than it needs");
        }
        return missing;
    }

    /** Several shards at once: while one block is committed, Redis is at work on another. None is left working behind. */
    private long takeFromShards(AllotmentWork work, List<Integer> plan) {
        var shards = IntStream.range(0, plan.size())
                .mapToObj(shard ->
                        CompletableFuture.supplyAsync(() -> takeFrom(work, shard, plan.get(shard)), partitionExecutor))
                .toList();
        CompletableFuture.allOf(shards.toArray(CompletableFuture[]::new))
                .handle((all, failure) -> true)
                .join();
        return shards.stream().mapToLong(Allotter::joined).sum();
    }

    private long takeFrom(AllotmentWork work, int shard, int wanted) {
        long taken = 0;
        while (taken < wanted) {
            var block = takeBlock(work, shard, (int) Math.min(Pools.MAX_CODES, wanted - taken));
            if (block.codes().isEmpty()) {
                break;
            }
            commit(work, block, work.name(shard, block.blockNo()));
            taken += block.codes().size();
        }
        return taken;
    }

    private void commit(AllotmentWork work, AllotmentBlock block, BlockName name) {
        work.inTransaction(() -> allotments.add(work.grant().id(), block));
        pools.drop(name);
        work.progress().add(block.codes().size());
    }

    /**
     * The grant's next block of a shard; it stands in Redis only until somebody commits and drops it.
     *
     * @return at most n codes; none if the shard has none
     */
    AllotmentBlock takeBlock(AllotmentWork work, int shard, int n) {
        var no = allotments.lastBlock(work.grant().id(), shard) + 1;
        var codes = take(work, work.name(shard, no), n);
        while (codes == null) { // a name of an earlier attempt that gave its codes back
            codes = take(work, work.name(shard, ++no), n);
        }
        return new AllotmentBlock(shard, no, codes);
    }

    private @Nullable List<String> take(AllotmentWork work, BlockName name, int n) {
        var answer = pools.take(name, n, work.taker());
        if (answer instanceof Take.Taken taken) {
            return taken.codes();
        }
        if (answer instanceof Take.Ended) {
            return null;
        }
        if (answer instanceof Take.Closed) {
            throw new GateClosedException(work.grant().id());
        }
        throw new IllegalStateException("grant " + work.grant().id() + " was taken over; no code was taken as " + name);
    }
}

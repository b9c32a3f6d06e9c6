package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.AllotmentBlock;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.Grant;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import io.largesse.coupons.UsedCode;
import io.largesse.pools.AllotmentPlan;
import io.largesse.pools.BlockName;
import io.largesse.pools.GiveBack;
import io.largesse.pools.Pools;
import io.largesse.pools.Take;
import io.largesse.pools.Taker;
import java.util.List;
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
    private final Coupons coupons;
    private final AuditTrail audit;
    private final TransactionOperations transactions;

    Allotter(
            Pools pools,
            Allotments allotments,
            Runs runs,
            Coupons coupons,
            AuditTrail audit,
            TransactionOperations transactions) {
        this.pools = pools;
        this.allotments = allotments;
        this.runs = runs;
        this.coupons = coupons;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Brings the allotment to exactly the codes needed, none of them in anybody's hands; or to none, and refuses. */
    void allot(Grant grant, RunHold hold, Progress progress) {
        var work = new Work(grant, hold, new Taker("g" + grant.id(), hold.token()), progress);
        progress.begin("allot", allotments.count(grant.id()), grant.codesNeeded());
        if (pools.fence(work.taker) > hold.token()) {
            throw new IllegalStateException("grant " + grant.id() + " was taken over; no code was taken");
        }
        finishGivingBack(grant);
        for (int shard = 0; shard < pools.shards(); shard++) {
            settle(work, shard);
        }
        takeMissing(work);
        inTransaction(work, () -> allotments.position(grant.id()));
        replaceUsed(work);
    }

    /**
     * Gives all codes of a grant that will issue none back to the pools. PostgreSQL decides it first, under the fence; from
     * then on nobody issues them, and the returns may be repeated.
     */
    private void giveBack(Work work) {
        inTransaction(work, () -> {
            if (coupons.countOfGrant(work.grant) > 0) {
                throw new IllegalStateException("grant " + work.grant.id()
                        + " has issued coupons and lacks codes; generate codes, then restart it");
            }
            allotments.giveBackAll(work.grant.id());
        });
        finishGivingBack(work.grant);
    }

    private void finishGivingBack(Grant grant) {
        var id = grant.id();
        for (var next = allotments.firstToGiveBack(id); next != null; next = allotments.firstToGiveBack(id)) {
            var block = next;
            if (pools.giveBack(name(grant, block.shard(), block.blockNo()), block.codes()) instanceof GiveBack.Closed) {
                return; // the gate is closed for good or for repair: the codes stay on record here
            }
            transactions.executeWithoutResult(tx -> allotments.givenBack(id, block));
        }
    }

    private void settle(Work work, int shard) {
        var last = allotments.lastBlock(work.grant.id(), shard);
        if (last > 0) {
            pools.drop(name(work.grant, shard, last));
        }
        var name = name(work.grant, shard, last + 1);
        var orphans = pools.block(name);
        if (orphans.isEmpty()) {
            return;
        }
        if (allotments.count(work.grant.id()) < work.grant.codesNeeded()) {
            commit(work, new AllotmentBlock(shard, last + 1, orphans), name);
        } else {
            pools.putBack(name, work.taker); // taken to replace used codes, which is decided anew
        }
    }

    private void takeMissing(Work work) {
        long missing = work.grant.codesNeeded() - allotments.count(work.grant.id());
        while (missing > 0) {
            long taken = 0;
            var plan = AllotmentPlan.of(pools.level(work.grant.campaignId()), missing);
            for (int shard = 0; shard < plan.size(); shard++) {
                taken += takeFrom(work, shard, plan.get(shard));
            }
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
            giveBack(work);
            throw RefusedException.of("jobs.grant.gate-closed", work.grant.id());
        }
        throw new IllegalStateException("grant " + work.grant.id() + " was taken over; no code was taken as " + name);
    }

    private void commit(Work work, AllotmentBlock block, BlockName name) {
        inTransaction(work, () -> allotments.add(work.grant.id(), block));
        pools.drop(name);
        work.progress.add(block.codes().size());
    }

    /** Redis went back to a state before a crash, and handed out codes that it had handed out before. */
    private void replaceUsed(Work work) {
        var grant = work.grant;
        for (var used = allotments.used(grant); !used.isEmpty(); used = allotments.used(grant)) {
            replaceSome(work, used);
        }
    }

    private void replaceSome(Work work, List<UsedCode> used) {
        var grant = work.grant;
        var plan = AllotmentPlan.of(pools.level(grant.campaignId()), Math.min(used.size(), Pools.MAX_CODES));
        var replaced = 0;
        for (int shard = 0; shard < plan.size(); shard++) {
            var wanted = plan.get(shard);
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
        inTransaction(work, () -> {
            allotments.replace(grant.id(), used, fresh);
            var by = new Actor("largesse", "job", "run-" + work.hold.run());
            audit.record(
                    by,
                    "code.came-back",
                    grant.subject(),
                    json(used.subList(0, fresh.codes().size())),
                    null);
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

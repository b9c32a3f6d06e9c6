package io.largesse.jobs;

import io.largesse.coupons.AllotmentBlock;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Revocations;
import io.largesse.pools.BlockName;
import io.largesse.pools.GiveBack;
import io.largesse.pools.Pools;
import io.largesse.pools.PutBack;
import io.largesse.pools.Taker;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings the codes that a grant will never issue back to their pool. Where they stand follows from names: a block that
 * was taken and never got to PostgreSQL is put on record there, then PostgreSQL decides which codes go back, then they go,
 * block by block. Each of these may be repeated after a crash. Codes whose pool is closed are void instead.
 */
@Component
class CodeReturn {

    /** To be called in each transaction: throws if somebody else does this work by now. */
    interface Guard {
        void check();
    }

    private final Pools pools;
    private final Allotments allotments;
    private final Revocations revocations;
    private final TransactionOperations transactions;

    CodeReturn(Pools pools, Allotments allotments, Revocations revocations, TransactionOperations transactions) {
        this.pools = pools;
        this.allotments = allotments;
        this.revocations = revocations;
        this.transactions = transactions;
    }

    /** Returns whatever the grant holds that has not become a coupon. It must not be able to allot any more. */
    void all(Grant grant, Guard guard) {
        var token = revocations.token(grant, GrantRuns.ISSUE);
        if (token != null) {
            var taker = AllotmentWork.taker(grant, token);
            if (pools.fence(grant.pool(), taker) > token) {
                throw new IllegalStateException("grant " + grant.id() + " is worked on by somebody else");
            }
            for (int shard = 0; shard < pools.shards(); shard++) {
                adopt(grant, shard, taker, guard);
            }
        }
        inTransaction(guard, () -> allotments.giveBackUnissued(grant));
        decided(grant, guard);
    }

    /** Returns what is on record as going back; what a closed pool does not take stays on record. */
    void back(Grant grant, Guard guard) {
        returnAll(grant, guard, false);
    }

    /** Returns what is on record as going back; what a closed pool does not take is void. */
    void decided(Grant grant, Guard guard) {
        returnAll(grant, guard, true);
    }

    private void returnAll(Grant grant, Guard guard, boolean orVoid) {
        while (Boolean.TRUE.equals(transactions.execute(tx -> returnNext(grant, guard, orVoid)))) {}
    }

    /** The block stays locked from the question to the pool to its answer's record: two would answer differently. */
    private boolean returnNext(Grant grant, Guard guard, boolean orVoid) {
        var block = allotments.lockToGiveBack(grant.id());
        if (block == null) {
            return false;
        }
        guard.check();
        if (!(pools.giveBack(AllotmentWork.name(grant, block.shard(), block.blockNo()), block.codes())
                instanceof GiveBack.Closed)) {
            allotments.givenBack(grant.id(), block);
            return true;
        }
        if (orVoid) {
            revocations.voidCodes(grant, block);
        }
        return orVoid;
    }

    /** Only the block after the last one on record can stand in Redis alone; names that have ended lie between. */
    private void adopt(Grant grant, int shard, Taker taker, Guard guard) {
        var last = allotments.lastBlock(grant.id(), shard);
        if (last > 0) {
            pools.drop(AllotmentWork.name(grant, shard, last));
        }
        for (int no = last + 1; ; no++) {
            var name = AllotmentWork.name(grant, shard, no);
            var block = new AllotmentBlock(shard, no, pools.block(name));
            if (!block.codes().isEmpty()) {
                inTransaction(guard, () -> allotments.add(grant.id(), block));
                pools.drop(name);
            } else if (!hasEnded(pools.putBack(name, taker), name)) {
                return;
            }
        }
    }

    /** Whether the name is used up, so that a later one may stand in Redis. */
    static boolean hasEnded(PutBack answer, BlockName name) {
        if (answer instanceof PutBack.Fenced) {
            throw new IllegalStateException("block " + name + " is somebody else's by now");
        }
        return answer instanceof PutBack.AlreadyDone || answer instanceof PutBack.Dropped;
    }

    private void inTransaction(Guard guard, Runnable change) {
        transactions.executeWithoutResult(tx -> {
            change.run();
            guard.check();
        });
    }
}

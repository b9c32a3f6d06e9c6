package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import io.largesse.pools.BlockName;
import io.largesse.pools.Taker;
import org.springframework.transaction.support.TransactionOperations;

/** One attempt at a grant's allotment: for whom, by whom, and its transactions, each under the run's fence. */
record AllotmentWork(Grant grant, RunHold hold, Progress progress, Runs runs, TransactionOperations transactions) {

    Taker taker() {
        return taker(grant, hold.token());
    }

    static Taker taker(Grant grant, long token) {
        return new Taker("g" + grant.id(), token);
    }

    BlockName name(int shard, int blockNo) {
        return name(grant, shard, blockNo);
    }

    /** Block numbers of a grant and shard are used one after the other, and never again. */
    static BlockName name(Grant grant, int shard, int blockNo) {
        return new BlockName(grant.pool(), shard, "g" + grant.id() + "-" + blockNo);
    }

    void inTransaction(Runnable change) {
        var stop = Boolean.TRUE.equals(transactions.execute(tx -> {
            change.run();
            return runs.fence(hold);
        }));
        if (stop) {
            throw new StopRequestedException();
        }
    }
}

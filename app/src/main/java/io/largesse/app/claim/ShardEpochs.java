package io.largesse.app.claim;

import io.largesse.coupons.ClaimShard;
import io.largesse.coupons.ClaimShards;
import io.largesse.pools.Claims;
import java.util.List;
import java.util.function.IntToLongFunction;

/** The epoch that each shard of Redis must have, as PostgreSQL says; in memory. */
final class ShardEpochs implements IntToLongFunction {

    private final ClaimShards shards;
    private volatile List<ClaimShard> known = List.of();

    ShardEpochs(ClaimShards shards, Claims claims, int count, News news) {
        this.shards = shards;
        var recorded = shards.all().size();
        for (int shard = recorded; shard < count; shard++) {
            // in this order: a shard on record that has no epoch has lost its data
            claims.setEpoch(shard, 1);
            shards.begin(shard);
        }
        news.follow(() -> known = shards.all());
    }

    @Override
    public long applyAsLong(int shard) {
        return known.get(shard).epoch();
    }

    /** As PostgreSQL knows them at this moment. */
    List<ClaimShard> now() {
        return shards.all();
    }
}

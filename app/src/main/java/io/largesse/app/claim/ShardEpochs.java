package io.largesse.app.claim;

import io.largesse.coupons.ClaimShard;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.Installation;
import io.largesse.pools.Claims;
import java.util.List;
import java.util.function.IntToLongFunction;

/** The epoch that each shard of Redis must have, as PostgreSQL says; in memory. */
final class ShardEpochs implements IntToLongFunction {

    private volatile List<ClaimShard> known = List.of();

    ShardEpochs(ClaimShards shards, Claims claims, Installation installation, int count, News news) {
        installation.requireShards(count); // before anything is said of a shard that there is not
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
}

package io.largesse.pools;

import java.util.List;

/**
 * How many codes stand in a campaign's pool, by shard. The shards are counted one after the other while others take and
 * push, so the sum is a moment's only if nobody does.
 */
public record PoolLevel(List<Integer> shards) {

    public PoolLevel {
        shards = List.copyOf(shards);
    }

    public long sum() {
        return shards.stream().mapToLong(Integer::longValue).sum();
    }
}

package io.largesse.pools;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a code range that goes to one shard.
 *
 * @param rangeId of the whole code range
 * @param shard from 0
 * @param first serial of this part
 * @param last serial of this part, inclusive
 */
public record ShardRange(long rangeId, int shard, long first, long last) {

    public ShardRange {
        if (shard < 0 || first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "no part of a code range: shard " + shard + ", serials " + first + " to " + last);
        }
    }

    /**
     * Cuts a code range into one run of serials a shard, whose lengths differ by one at most; shards that would get
     * nothing are left out. The same arguments give the same parts, so an interrupted push finds its parts again. Which
     * shards get one more depends on the range's id, so that many small ranges do not all fall on the first.
     */
    public static List<ShardRange> split(long rangeId, long first, long last, int shards) {
        long count = last - first + 1;
        var parts = new ArrayList<ShardRange>(shards);
        long next = first;
        for (int i = 0; i < shards; i++) {
            long size = count / shards + (i < count % shards ? 1 : 0);
            if (size > 0) {
                int shard = (int) Math.floorMod(rangeId + i, (long) shards);
                parts.add(new ShardRange(rangeId, shard, next, next + size - 1));
                next += size;
            }
        }
        return parts;
    }

    public long size() {
        return last - first + 1;
    }
}

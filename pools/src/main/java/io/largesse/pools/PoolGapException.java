package io.largesse.pools;

/** Codes were pushed whose predecessors this Redis has never seen: it lost data, or went back to an earlier state. */
public final class PoolGapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long pool;
    private final transient ShardRange range;
    private final long expected;

    PoolGapException(long pool, ShardRange range, long expected, long pushed) {
        super("Redis expects serial " + expected + " of code range " + range.rangeId() + " of pool " + pool
                + " in shard " + range.shard() + ", and " + pushed + " was pushed: it lost data or went back in time."
                + " Nothing was added. Rebuild the pool.");
        this.pool = pool;
        this.range = range;
        this.expected = expected;
    }

    public long pool() {
        return pool;
    }

    public ShardRange range() {
        return range;
    }

    /** The serial that Redis expects next. */
    public long expected() {
        return expected;
    }
}

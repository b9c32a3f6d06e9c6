package io.largesse.pools;

/** The keys in Redis. The tag in braces keeps the keys of a shard on one node of a cluster, so one script may touch them. */
final class Keys {

    private Keys() {}

    static String pool(int shard, long pool) {
        return tag(shard) + "pool:" + pool;
    }

    static String gate(int shard, long pool) {
        return tag(shard) + "gate:" + pool;
    }

    static String pushed(int shard, long pool) {
        return tag(shard) + "pushed:" + pool;
    }

    static String block(BlockName name) {
        return tag(name.shard()) + "block:" + name.pool() + ":" + name.name();
    }

    static String ended(BlockName name) {
        return tag(name.shard()) + "ended:" + name.pool() + ":" + name.name();
    }

    static String returned(BlockName name) {
        return tag(name.shard()) + "returned:" + name.pool() + ":" + name.name();
    }

    static String fence(int shard, long pool, String taker) {
        return tag(shard) + "fence:" + pool + ":" + taker;
    }

    /** A copy of a pool for somebody who looks at it. */
    static String look(int shard, long pool, String who) {
        return tag(shard) + "look:" + pool + ":" + who;
    }

    static String claimed(int shard, long ledger) {
        return tag(shard) + "claimed:" + ledger;
    }

    /** The stream of a shard's claims, of all campaigns. */
    static String claims(int shard) {
        return tag(shard) + "claims";
    }

    /** @param day since 1970, UTC */
    static String refused(int shard, long ledger, long day) {
        return tag(shard) + "refused:" + ledger + ":" + day;
    }

    static String beat(int shard) {
        return tag(shard) + "beat";
    }

    static String epoch(int shard) {
        return tag(shard) + "epoch";
    }

    /** @param minute since 1970 */
    static String requests(int shard, long minute) {
        return tag(shard) + "requests:" + minute;
    }

    static String moves(int shard, long pool) {
        return tag(shard) + "moves:" + pool;
    }

    static String moving(int shard, long pool, int to) {
        return tag(shard) + "moving:" + pool + ":" + to;
    }

    static String moved(int shard, long pool) {
        return tag(shard) + "moved:" + pool;
    }

    private static String tag(int shard) {
        return "{s" + shard + "}:";
    }
}

package io.largesse.pools;

/** The keys in Redis. The tag in braces keeps the keys of a shard on one node of a cluster, so one script may touch them. */
final class Keys {

    private Keys() {}

    static String pool(int shard, long campaign) {
        return tag(shard) + "pool:" + campaign;
    }

    static String gate(int shard, long campaign) {
        return tag(shard) + "gate:" + campaign;
    }

    static String pushed(int shard, long campaign) {
        return tag(shard) + "pushed:" + campaign;
    }

    static String block(BlockName name) {
        return tag(name.shard()) + "block:" + name.campaign() + ":" + name.name();
    }

    static String ended(BlockName name) {
        return tag(name.shard()) + "ended:" + name.campaign() + ":" + name.name();
    }

    static String returned(BlockName name) {
        return tag(name.shard()) + "returned:" + name.campaign() + ":" + name.name();
    }

    static String fence(int shard, String taker) {
        return tag(shard) + "fence:" + taker;
    }

    private static String tag(int shard) {
        return "{s" + shard + "}:";
    }
}

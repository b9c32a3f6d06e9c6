package io.largesse.pools;

/**
 * The name of a block of codes. It names one request and is good once: after the block was dropped or put back, nothing
 * is taken under the name any more.
 *
 * @param shard that the codes are from, from 0
 * @param name unique within pool and shard, {@code g42-r3-0017}
 */
public record BlockName(long pool, int shard, String name) {

    public BlockName {
        Names.check("block", name);
    }

    @Override
    public String toString() {
        return name + " of pool " + pool + " in shard " + shard;
    }
}

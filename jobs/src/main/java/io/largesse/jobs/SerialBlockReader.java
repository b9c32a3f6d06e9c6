package io.largesse.jobs;

import io.largesse.pools.Pools;
import io.largesse.pools.ShardRange;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** The serials of a part that Redis has not got yet: the pool's own mark says where to go on, not a cursor kept here. */
class SerialBlockReader implements ItemStreamReader<SerialBlock> {

    private final Pools pools;
    private final long pool;
    private final ShardRange part;
    private final Progress progress;
    private long next;

    private static final String NEXT = "next";

    SerialBlockReader(Pools pools, long pool, ShardRange part, Progress progress) {
        this.pools = pools;
        this.pool = pool;
        this.part = part;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        next = pools.pushedUpTo(pool, part);
        var recorded = context.getLong(NEXT, part.first());
        if (next < recorded) {
            throw new IllegalStateException("shard " + part.shard() + " of code range " + part.rangeId()
                    + " had serials up to " + (recorded - 1) + " and now ends at " + (next - 1)
                    + ": Redis lost data. Nothing was pushed, since those codes may be out already");
        }
        progress.add(next - part.first());
    }

    @Override
    public void update(ExecutionContext context) {
        Cursor.put(context, Map.of(NEXT, next));
    }

    @Override
    public @Nullable SerialBlock read() {
        if (next > part.last()) {
            return null;
        }
        var block = new SerialBlock(part, next, (int) Math.min(Pools.MAX_CODES, part.last() - next + 1));
        next += block.count();
        return block;
    }
}

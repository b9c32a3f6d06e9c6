package io.largesse.pools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchOptions.ExecutionMode;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** What stands in pools and ledgers, by their exact names: to be looked at while they are used, and removed. */
public final class PoolContents {

    /** Codes of one answer of Redis. */
    private static final int PAGE = 5_000;

    /** How long a copy lives whose reader has died. */
    private static final Duration LOOK = Duration.ofMinutes(10);

    private final RedissonClient redisson;
    private final int shards;

    PoolContents(RedissonClient redisson, int shards) {
        this.redisson = redisson;
        this.shards = shards;
    }

    /**
     * Removes codes that turned out to be somebody's from a shard.
     *
     * @return how many times they stood there
     */
    public int remove(long pool, int shard, List<String> codes) {
        return Scripts.answer("remove codes that are somebody's", () -> {
            RBatch batch = redisson.createBatch();
            for (var code : codes) {
                var unused = batch.<String>getList(Keys.pool(shard, pool), StringCodec.INSTANCE)
                        .removeAsync(code, 0);
            }
            return (int) batch.execute().getResponses().stream()
                    .filter(Boolean.TRUE::equals)
                    .count();
        });
    }

    /** All codes of a shard as they stood in it at one moment, some thousands at a time. */
    public void forEach(long pool, int shard, Consumer<String> reader) {
        var look = Keys.look(
                shard, pool, Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36));
        // in a copy: the list itself moves on under whoever reads it page by page
        Scripts.answer("copy shard " + shard, () -> {
            // both or neither: a copy without an end would stay for ever
            var both = redisson.createBatch(BatchOptions.defaults().executionMode(ExecutionMode.REDIS_WRITE_ATOMIC));
            var unused = both.<String>getList(Keys.pool(shard, pool), StringCodec.INSTANCE)
                    .copyAsync(look);
            var unusedToo = both.<String>getList(look, StringCodec.INSTANCE).expireAsync(LOOK);
            return both.execute();
        });
        var copy = redisson.<String>getList(look, StringCodec.INSTANCE);
        try {
            for (int from = 0; ; from += PAGE) {
                var at = from;
                var page = Scripts.answer("read shard " + shard, () -> copy.range(at, at + PAGE - 1));
                page.forEach(reader);
                if (page.size() < PAGE) {
                    return;
                }
            }
        } finally {
            Scripts.answer("drop a copy of shard " + shard, () -> copy.delete());
        }
    }

    /** Some codes of a shard as they stand in it, from a place on; fewer than asked for at its end. */
    public List<String> peek(long pool, int shard, int from, int n) {
        return Scripts.answer(
                "look into shard " + shard, () -> redisson.<String>getList(Keys.pool(shard, pool), StringCodec.INSTANCE)
                        .range(from, from + n - 1));
    }

    /** Removes what stands in a pool that its campaign has left, by name; its gate stays closed. */
    public void discard(long pool) {
        Scripts.answer("discard pool " + pool, () -> {
            RBatch batch = redisson.createBatch();
            for (int shard = 0; shard < shards; shard++) {
                var keys = new ArrayList<String>(List.of(
                        Keys.pool(shard, pool),
                        Keys.pushed(shard, pool),
                        Keys.moves(shard, pool),
                        Keys.moved(shard, pool)));
                for (int to = 0; to < shards; to++) {
                    keys.add(Keys.moving(shard, pool, to));
                }
                for (var key : keys) {
                    var unused = batch.getBucket(key).unlinkAsync();
                }
            }
            return batch.execute();
        });
    }

    /** Removes what users have claimed by a ledger that its campaign has left. */
    public void discardLedger(long ledger) {
        Scripts.answer("discard ledger " + ledger, () -> {
            RBatch batch = redisson.createBatch();
            for (int shard = 0; shard < shards; shard++) {
                var unused = batch.getBucket(Keys.claimed(shard, ledger)).unlinkAsync();
            }
            return batch.execute();
        });
    }
}

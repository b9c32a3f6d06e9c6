package io.largesse.pools;

import io.largesse.coupons.PackedCodes;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.redisson.api.RedissonClient;

/** A test class with a Redis of its own, emptied before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisTest {

    static final int SHARDS = 4;
    static final long CAMPAIGN = 42;
    static final Taker TAKER = new Taker("g42", 1);

    Redis redis;
    RedissonClient redisson;
    Pools pools;

    @BeforeAll
    void start() {
        redis = Redis.start();
        redisson = new RedisConnection(redis.url()).open();
        pools = new Pools(redisson, SHARDS);
    }

    @BeforeEach
    void empty() {
        redisson.getKeys().flushall();
        pools.gates().open(CAMPAIGN);
    }

    @AfterAll
    void stop() {
        redisson.shutdown();
        redis.close();
    }

    static List<String> codes(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(serial -> String.format("SUMMER-20261122-%09d", serial))
                .toList();
    }

    static BlockName block(int shard, String name) {
        return new BlockName(CAMPAIGN, shard, name);
    }

    List<String> take(BlockName name, int n) {
        return ((Take.Taken) pools.take(name, n, TAKER)).codes();
    }

    Push push(ShardRange part, long firstSerial, List<String> codes) {
        return pools.push(CAMPAIGN, part, firstSerial, PackedCodes.of(codes));
    }

    /** Pushes a whole code range of consecutive serials over all shards. */
    void fill(long rangeId, long first, int count) {
        for (var part : ShardRange.split(rangeId, first, first + count - 1, SHARDS)) {
            for (long from = part.first(); from <= part.last(); from += Pools.MAX_CODES) {
                int n = (int) Math.min(Pools.MAX_CODES, part.last() - from + 1);
                push(part, from, codes(from, n));
            }
        }
    }

    List<String> pool(int shard) {
        return redisson.<String>getList(Keys.pool(shard, CAMPAIGN)).readAll();
    }
}

package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.redisson.api.redisnode.RedisNodes;

class PoolsCrashTest extends RedisTest {

    /** Some timeouts of a request, and whatever a busy machine adds. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aKillBetweenTakeAndDropKeepsTheBlock() {
        fill(7, 1, 20_000);
        var taken = take(block(1, "a"), 3_000);

        redis.kill();
        redis.startAgain();

        assertThat(pools.block(block(1, "a"))).isEqualTo(taken);
        assertThat(take(block(1, "a"), 3_000)).isEqualTo(taken);
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(17_000);
        assertThat(pools.drop(block(1, "a"))).isEqualTo(3_000);
    }

    @Test
    void aRequestToADeadRedisEndsInAnException() {
        redis.kill();
        try {
            assertFails(pools);
        } finally {
            redis.startAgain();
        }
        assertThat(pools.level(CAMPAIGN).sum()).as("the client finds it again").isZero();
    }

    @Test
    void aRequestToAFrozenRedisEndsInAnException() throws Exception {
        try (var other = Redis.start()) {
            var client = new RedisConnection(other.url(), Duration.ofSeconds(1), 2).open();
            try {
                var frozen = new Pools(client, SHARDS);
                frozen.gates().open(CAMPAIGN);
                other.freeze();
                assertFails(frozen);
            } finally {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aClientIsMadeWhileRedisIsAway() {
        var nobody = new RedisConnection("redis://127.0.0.1:1").open();
        try {
            assertFails(new Pools(nobody, SHARDS));
        } finally {
            nobody.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    /** None of them waits for ever. */
    private static void assertFails(Pools pools) {
        long start = System.nanoTime();
        assertThatExceptionOfType(PoolsUnavailableException.class)
                .isThrownBy(() -> pools.take(block(0, "a"), 5, TAKER))
                .withMessageContaining("take block a of pool 42 in shard 0")
                .withMessageContaining("repeat it");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        assertThatExceptionOfType(PoolsUnavailableException.class).isThrownBy(() -> pools.level(CAMPAIGN));
    }

    @Test
    void aFullRedisLosesNothing() {
        fill(7, 1, 20_000);
        var taken = take(block(1, "a"), 3_000);
        configure("maxmemory", "1");
        try {
            assertThatExceptionOfType(PoolsUnavailableException.class).isThrownBy(() -> take(block(1, "b"), 500));
            assertThatExceptionOfType(PoolsUnavailableException.class).isThrownBy(() -> pools.drop(block(1, "a")));
            assertThatExceptionOfType(PoolsUnavailableException.class)
                    .isThrownBy(() -> pools.putBack(block(1, "a"), TAKER));
            assertThatExceptionOfType(PoolsUnavailableException.class).isThrownBy(() -> fill(8, 20_001, 100));
            assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(17_000);
            assertThat(pools.block(block(1, "a"))).isEqualTo(taken);
        } finally {
            configure("maxmemory", "0");
        }
        assertThat(take(block(1, "b"), 500)).hasSize(500);
    }

    @Test
    void aRedisThatForgotItsDataHandsOutNothing() {
        fill(7, 1, 4_000);
        redisson.getKeys().flushall();
        assertThat(pools.take(block(1, "a"), 5, TAKER)).isEqualTo(new Take.Closed());
        var part = ShardRange.split(7, 1, 4_000, SHARDS).get(0);
        assertThat(push(part, part.first(), codes(part.first(), 5))).isEqualTo(new Push.Closed());
    }

    @Test
    void aRedisThatForgotItsScriptsLearnsThemAgain() {
        fill(7, 1, 4_000);
        redisson.getScript().scriptFlush();
        assertThat(take(block(1, "a"), 5)).hasSize(5);
    }

    private void configure(String setting, String value) {
        redisson.getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig(setting, value);
    }
}

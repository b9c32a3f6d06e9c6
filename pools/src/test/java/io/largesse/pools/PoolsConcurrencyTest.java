package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolsConcurrencyTest extends RedisTest {

    private final AtomicLong pushed = new AtomicLong();

    @Test
    void everyCodeIsTakenOnce() throws Exception {
        fill(7, 1, 20_000);
        var taken = new ConcurrentLinkedQueue<String>();
        Threads.run(8, thread -> {
            for (int i = 0; i < 100; i++) {
                taken.addAll(take(block((thread + i) % SHARDS, "t" + thread + "-" + i), 37));
            }
        });
        // 800 blocks of 37 would be 29,600
        assertThat(taken).hasSize(20_000).doesNotHaveDuplicates();
        assertThat(pools.level(CAMPAIGN).sum()).isZero();
    }

    @Test
    void threadsThatAskUnderTheSameNamesGetTheSameCodes() throws Exception {
        fill(7, 1, 20_000);
        var answers = new ConcurrentLinkedQueue<List<String>>();
        Threads.run(8, thread -> {
            for (int i = 0; i < 50; i++) {
                answers.add(take(block(i % SHARDS, "b" + i), 10 + thread));
            }
        });
        assertThat(answers.stream().distinct()).hasSize(50);
        long sum = answers.stream().distinct().mapToLong(List::size).sum();
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(20_000 - sum);
    }

    @Test
    void threadsThatPushTheSameRangePushItOnce() throws Exception {
        var added = new AtomicLong();
        Threads.run(6, thread -> {
            for (var part : ShardRange.split(7, 1, 20_000, SHARDS)) {
                for (long from = part.first(); from <= part.last(); from += 500) {
                    added.addAndGet(((Push.Pushed) push(part, from, codes(from, 500))).added());
                }
            }
        });
        assertThat(added).hasValue(20_000);
        assertThat(everything(List.of(), List.of())).hasSize(20_000).doesNotHaveDuplicates();
    }

    /** Whatever happens in whatever order, and each request up to three times: pool + blocks + dropped = pushed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void noCodeIsLostOrDoubled(long seed) throws Exception {
        fill(0, 1, 4_000);
        var names = new ConcurrentLinkedQueue<BlockName>();
        var dropped = new ConcurrentLinkedQueue<String>();
        Threads.run(4, thread -> {
            var random = new Random(seed * 100 + thread);
            var mine = new ArrayList<BlockName>();
            var range = new ShardRange(thread + 1, thread, 100_000L * (thread + 1), 100_000L * (thread + 2) - 1);
            long next = range.first();
            var free = new ArrayList<String>();
            int returns = 0;
            for (int step = 0; step < 300; step++) {
                var block = mine.isEmpty() ? null : mine.get(random.nextInt(mine.size()));
                int times = 1 + random.nextInt(3);
                int n = 1 + random.nextInt(60);
                int action = block == null ? random.nextInt(2) : random.nextInt(5);
                var codes = block == null ? List.<String>of() : pools.block(block);
                var fresh = block(random.nextInt(SHARDS), "t" + thread + "-" + step);
                for (int time = 0; time < times; time++) {
                    switch (action) {
                        case 0 -> push(range, next, codes(next, n));
                        case 1 -> pools.take(fresh, n, TAKER);
                        case 2 -> pools.drop(block);
                        case 3 -> pools.putBack(block, TAKER);
                        default -> {
                            if (!free.isEmpty()) {
                                pools.giveBack(block(thread, "r" + thread + "-" + returns), free);
                            }
                        }
                    }
                }
                switch (action) {
                    case 0 -> next += n;
                    case 1 -> {
                        mine.add(fresh);
                        names.add(fresh);
                    }
                    case 2 -> {
                        free.addAll(codes);
                        mine.remove(block);
                    }
                    case 3 -> mine.remove(block);
                    default -> {
                        free.clear();
                        returns++;
                    }
                }
            }
            dropped.addAll(free);
            pushed.addAndGet(next - range.first());
        });
        assertThat(everything(names, dropped))
                .hasSize(4_000 + (int) pushed.getAndSet(0))
                .doesNotHaveDuplicates();
    }

    private List<String> everything(Collection<BlockName> blocks, Collection<String> dropped) {
        var all = new ArrayList<>(dropped);
        for (int shard = 0; shard < SHARDS; shard++) {
            all.addAll(pool(shard));
        }
        blocks.forEach(block -> all.addAll(pools.block(block)));
        return all;
    }
}

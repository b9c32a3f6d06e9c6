package io.largesse.pools;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * The gates of the campaigns' pools: while a campaign's gate is closed, no code enters or leaves its pool. A gate that
 * was never opened is closed, so a Redis that lost its data hands out nothing. When it is opened and closed at the same
 * time, closed wins.
 */
public final class Gates {

    private static final String OPEN = "open";
    private static final String CLOSED = "closed";

    /** Each failure means that somebody opened the gate in the meantime, which nobody does over and over. */
    private static final int ATTEMPTS = 10;

    private final RedissonClient redisson;
    private final Scripts scripts;
    private final int shards;

    Gates(RedissonClient redisson, Scripts scripts, int shards) {
        this.redisson = redisson;
        this.scripts = scripts;
        this.shards = shards;
    }

    public Gate of(long pool) {
        return together(all(shard -> read(pool, shard)));
    }

    /** @return the gate as it is now: closed still, if somebody closed it meanwhile */
    public Gate open(long pool) {
        var now = of(pool);
        return now.open() ? now : set(pool, OPEN, now.epoch() + 1);
    }

    /** When this returns, no code enters or leaves the pool any more, not even by a script that was under way. */
    public Gate close(long pool) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var gates = all(shard -> read(pool, shard));
            if (gates.stream().noneMatch(Gate::open)) {
                return together(gates);
            }
            set(pool, CLOSED, together(gates).epoch() + 1);
        }
        throw new IllegalStateException("the gate of pool " + pool + " is opened by somebody each time it is"
                + " closed. Stop the job that opens it, then close it again.");
    }

    private Gate set(long pool, String state, long epoch) {
        return together(all(shard -> {
            var answer = scripts.run(
                    "set the gate of pool " + pool + " to " + state,
                    Script.SET_GATE,
                    List.of(Keys.gate(shard, pool)),
                    state,
                    epoch);
            return gate(answer.get(0), answer.get(1));
        }));
    }

    private Gate read(long pool, int shard) {
        var fields = Scripts.answer("read the gate of pool " + pool, () -> redisson.<String, String>getMap(
                        Keys.gate(shard, pool), StringCodec.INSTANCE)
                .getAll(Set.of("state", "epoch")));
        return gate(fields.getOrDefault("state", CLOSED), fields.getOrDefault("epoch", "0"));
    }

    private static Gate gate(String state, String epoch) {
        return new Gate(state.equals(OPEN), Long.parseLong(epoch));
    }

    private List<Gate> all(java.util.function.IntFunction<Gate> ofShard) {
        return IntStream.range(0, shards).mapToObj(ofShard).toList();
    }

    private static Gate together(List<Gate> gates) {
        return new Gate(
                gates.stream().allMatch(Gate::open),
                gates.stream().mapToLong(Gate::epoch).max().orElse(0));
    }
}

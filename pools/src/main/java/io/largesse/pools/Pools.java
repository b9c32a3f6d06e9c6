package io.largesse.pools;

import io.largesse.coupons.PackedCodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * The codes that nobody holds, in Redis: a pool for each campaign, by the number that PostgreSQL gave it. Codes come in by {@link #push}, leave by {@link #take} to a named
 * block, and the block ends once PostgreSQL has them ({@link #drop}) or is known never to get them ({@link #putBack}).
 *
 * <p>Every request may be repeated, by the caller or by the network, and has no second effect. Thread safe. All methods
 * throw {@link PoolsUnavailableException} when Redis does not answer.
 */
public final class Pools {

    /** The most codes of one request; 145 KB, during which this Redis node does nothing else (some 5 ms). */
    public static final int MAX_CODES = 5_000;

    /** A pool of so many times a block's size, at most, is copied as a whole to take the block (see take.lua). */
    private static final int COPIED_POOL = 100;

    /** How long a fence stands after it was last raised. Longer than any job lives. */
    static final Duration FENCE = Duration.ofDays(14);

    /** How long the names of ended blocks and of returns are remembered. */
    static final Duration NAMES = Duration.ofDays(30);

    private static final int MAX_SHARDS = 1024;

    private final RedissonClient redisson;
    private final Scripts scripts;
    private final Gates gates;
    private final Moves moves;
    private final PoolContents contents;
    private final int shards;

    /** @param shards 1 to 1024; codes of another number of shards are not found, so it never changes */
    public Pools(RedissonClient redisson, int shards) {
        if (shards < 1 || shards > MAX_SHARDS) {
            throw new IllegalArgumentException("pools have 1 to " + MAX_SHARDS + " shards, not " + shards);
        }
        this.redisson = redisson;
        this.scripts = new Scripts(redisson);
        this.gates = new Gates(redisson, scripts, shards);
        this.moves = new Moves(redisson, scripts, shards);
        this.contents = new PoolContents(redisson, shards);
        this.shards = shards;
    }

    public int shards() {
        return shards;
    }

    public PoolLevel level(long pool) {
        return Scripts.answer("count the codes of pool " + pool, () -> {
            RBatch batch = redisson.createBatch();
            for (int shard = 0; shard < shards; shard++) {
                var unused = batch.getList(Keys.pool(shard, pool), StringCodec.INSTANCE)
                        .sizeAsync();
            }
            return new PoolLevel(batch.execute().getResponses().stream()
                    .map(size -> (Integer) size)
                    .toList());
        });
    }

    /**
     * Adds generated codes to their shard.
     *
     * @param range the part of a code range that the codes are of
     * @param firstSerial of the first code; the others follow it without a gap
     * @param codes at most {@link #MAX_CODES}
     * @throws PoolGapException if this Redis has not seen the serials before firstSerial
     */
    public Push push(long pool, ShardRange range, long firstSerial, PackedCodes codes) {
        int n = codes.count();
        checkShard(range.shard());
        checkCount(n);
        if (firstSerial < range.first() || firstSerial + n - 1 > range.last()) {
            throw new IllegalArgumentException(n + " codes from serial " + firstSerial + " are not of " + range);
        }
        var answer = scripts.run(
                "push " + n + " codes from serial " + firstSerial + " of " + range,
                Script.PUSH,
                List.of(
                        Keys.pool(range.shard(), pool),
                        Keys.gate(range.shard(), pool),
                        Keys.pushed(range.shard(), pool)),
                range.rangeId(),
                range.first(),
                firstSerial,
                codes.length(),
                codes.text());
        return switch (answer.get(0)) {
            case "pushed" -> new Push.Pushed(number(answer), n - number(answer));
            case "closed" -> new Push.Closed();
            case "gap" -> throw new PoolGapException(pool, range, Long.parseLong(answer.get(1)), firstSerial);
            default -> throw unknown(answer);
        };
    }

    /** The serial that is to be pushed next; the range's first if none was yet, or if Redis lost its data. */
    public long pushedUpTo(long pool, ShardRange range) {
        checkShard(range.shard());
        var next = Scripts.answer("read how far " + range + " was pushed", () -> redisson.<String, String>getMap(
                        Keys.pushed(range.shard(), pool), StringCodec.INSTANCE)
                .get(Long.toString(range.rangeId())));
        return next == null ? range.first() : Long.parseLong(next);
    }

    /**
     * Moves codes from the head of a shard to a block. The same name gets the same codes, whatever n, gate and pool have
     * become; a taker that was overtaken gets none.
     *
     * @param n 1 to {@link #MAX_CODES}
     */
    public Take take(BlockName name, int n, Taker taker) {
        checkShard(name.shard());
        checkCount(n);
        var answer =
                scripts.run("take block " + name, Script.TAKE, blockKeys(name, taker), n, taker.token(), COPIED_POOL);
        return switch (answer.get(0)) {
            case "taken" -> new Take.Taken(read(name, number(answer)));
            case "ended" -> new Take.Ended(answer.get(1).equals("dropped"));
            case "fenced" -> new Take.Fenced(Long.parseLong(answer.get(1)));
            case "closed" -> new Take.Closed();
            default -> throw unknown(answer);
        };
    }

    private List<String> read(BlockName name, int taken) {
        var codes = taken == 0 ? List.<String>of() : block(name);
        if (codes.size() != taken) {
            throw new IllegalStateException("block " + name + " had " + taken + " codes and now has " + codes.size()
                    + ": somebody else has ended it, who took this work over");
        }
        return codes;
    }

    /** The codes that stand in a block; none if it was never taken or has ended. */
    public List<String> block(BlockName name) {
        checkShard(name.shard());
        return Scripts.answer(
                "read block " + name, () -> redisson.<String>getList(Keys.block(name), StringCodec.INSTANCE)
                        .range(0, -1));
    }

    /**
     * Ends a block after PostgreSQL has committed its codes.
     *
     * @return how many codes it held; 0 if it had ended before
     * @throws IllegalStateException if it was put back: its codes are in the pool and in PostgreSQL, and must be voided
     *     in one of them
     */
    public int drop(BlockName name) {
        checkShard(name.shard());
        var answer = scripts.run(
                "drop block " + name, Script.DROP, List.of(Keys.block(name), Keys.ended(name)), NAMES.toSeconds());
        return switch (answer.get(0)) {
            case "dropped" -> number(answer);
            case "put back" ->
                throw new IllegalStateException("block " + name + " was put back to the pool before it was"
                        + " dropped: its codes stand in the pool and in PostgreSQL. Close the gate and reconcile.");
            default -> throw unknown(answer);
        };
    }

    /** Ends a block that PostgreSQL does not have and, because the former owner is fenced, will never get. */
    public PutBack putBack(BlockName name, Taker taker) {
        checkShard(name.shard());
        var answer = scripts.run(
                "put back block " + name, Script.PUT_BACK, blockKeys(name, taker), NAMES.toSeconds(), taker.token());
        return switch (answer.get(0)) {
            case "put back" -> new PutBack.Done(number(answer));
            case "already" -> new PutBack.AlreadyDone();
            case "dropped" -> new PutBack.Dropped();
            case "fenced" -> new PutBack.Fenced(Long.parseLong(answer.get(1)));
            case "closed" -> new PutBack.Closed();
            default -> throw unknown(answer);
        };
    }

    /**
     * Returns codes that PostgreSQL knows to be free to their shard, once per name however often it is asked within 30
     * days. The names are apart from those of blocks taken.
     *
     * @param codes at most {@link #MAX_CODES}; the same for the same name
     */
    public GiveBack giveBack(BlockName name, List<String> codes) {
        checkShard(name.shard());
        checkCount(codes.size());
        var answer = scripts.run(
                "return " + codes.size() + " codes as " + name,
                Script.GIVE_BACK,
                List.of(
                        Keys.pool(name.shard(), name.pool()),
                        Keys.gate(name.shard(), name.pool()),
                        Keys.returned(name)),
                arguments(codes, NAMES.toSeconds()));
        return switch (answer.get(0)) {
            case "returned" -> new GiveBack.Returned(number(answer));
            case "already" -> new GiveBack.AlreadyReturned();
            case "closed" -> new GiveBack.Closed();
            default -> throw unknown(answer);
        };
    }

    /**
     * Bars, in every shard of a pool, all owners of the taker's work with a lower token. It never gets lower again.
     *
     * @return the token that stands; if it is higher than the taker's, somebody has overtaken this taker in turn
     */
    public long fence(long pool, Taker taker) {
        return IntStream.range(0, shards)
                .mapToLong(shard -> Long.parseLong(scripts.run(
                                "fence " + taker,
                                Script.FENCE,
                                List.of(Keys.fence(shard, pool, taker.name())),
                                taker.token(),
                                FENCE.toSeconds())
                        .get(0)))
                .max()
                .orElseThrow();
    }

    /** The gates of the campaigns' pools. */
    public Gates gates() {
        return gates;
    }

    /** What stands in the pools, to be looked at and removed. */
    public PoolContents contents() {
        return contents;
    }

    /** How codes get from one shard to another. */
    public Moves moves() {
        return moves;
    }

    private static List<Object> blockKeys(BlockName name, Taker taker) {
        return List.of(
                Keys.pool(name.shard(), name.pool()),
                Keys.gate(name.shard(), name.pool()),
                Keys.block(name),
                Keys.fence(name.shard(), name.pool(), taker.name()),
                Keys.ended(name));
    }

    private static Object[] arguments(List<String> codes, Object... first) {
        var all = new ArrayList<Object>(first.length + codes.size());
        all.addAll(List.of(first));
        all.addAll(codes);
        return all.toArray();
    }

    private static int number(List<String> answer) {
        return Integer.parseInt(answer.get(1));
    }

    private void checkShard(int shard) {
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("shard " + shard + " is not from 0 to " + (shards - 1));
        }
    }

    private static void checkCount(int codes) {
        if (codes < 1 || codes > MAX_CODES) {
            throw new IllegalArgumentException(codes + " codes; a request has 1 to " + MAX_CODES);
        }
    }

    private static IllegalStateException unknown(List<String> answer) {
        return new IllegalStateException("a script answered " + answer.get(0));
    }
}

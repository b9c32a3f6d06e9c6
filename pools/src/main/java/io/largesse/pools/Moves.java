package io.largesse.pools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * Brings codes to a shard that has run out. A move has three steps, each a script on one shard, each repeatable: set
 * aside, arrive, forget. It only goes forward, by whoever finds it.
 */
public final class Moves {

    /** The most codes of one move. */
    static final int MOST = 1_000;

    /** Moves of others may get in between looking and concluding; not over and over. */
    private static final int ATTEMPTS = 8;

    /** What came of the search for codes. */
    public enum Found {
        /** The shard has got some, or somebody else has taken care. */
        CODES,
        /** No shard has any, and none is on the move. */
        SOLD_OUT,
        /** The gate is closed: none may move. */
        CLOSED
    }

    private final RedissonClient redisson;
    private final Scripts scripts;
    private final int shards;

    Moves(RedissonClient redisson, Scripts scripts, int shards) {
        this.redisson = redisson;
        this.scripts = scripts;
        this.shards = shards;
    }

    /** Brings codes to the shard, half of what the fullest has, or says that there are none. */
    public Found refill(long pool, int shard) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var before = look(pool);
            if (before.get(shard).level() > 0) {
                return Found.CODES;
            }
            if (before.stream().anyMatch(s -> s.pending() > 0) && !finish(pool)) {
                return Found.CLOSED;
            }
            int fullest = fullest(before);
            if (before.get(fullest).level() > 0) {
                var half = (before.get(fullest).level() + 1) / 2;
                var moved = move(pool, fullest, shard, Math.min(half, MOST));
                if (moved != Found.SOLD_OUT) {
                    return moved;
                }
            } else if (isStill(before, look(pool))) {
                return Found.SOLD_OUT;
            }
        }
        return Found.CODES; // they are somewhere, in constant motion: ask again
    }

    /** No codes in two looks, and no move between the first look at the one shard and the second look at the other. */
    private static boolean isStill(List<Shelf> before, List<Shelf> after) {
        return before.equals(after) && before.stream().allMatch(s -> s.level() == 0 && s.pending() == 0);
    }

    private static int fullest(List<Shelf> shelves) {
        int fullest = 0;
        for (int shard = 1; shard < shelves.size(); shard++) {
            if (shelves.get(shard).level() > shelves.get(fullest).level()) {
                fullest = shard;
            }
        }
        return fullest;
    }

    /** Whether codes are on the move. */
    public boolean isPending(long pool) {
        return look(pool).stream().anyMatch(shelf -> shelf.pending() > 0);
    }

    /** Brings every move that is under way to its end; false if a gate is closed. */
    public boolean finish(long pool) {
        for (int from = 0; from < shards; from++) {
            var source = from;
            Map<String, String> moves = Scripts.answer("read the moves of pool " + pool, () -> redisson.<String, String>
                            getMap(Keys.moves(source, pool), StringCodec.INSTANCE)
                    .readAllMap());
            if ("0".equals(moves.getOrDefault(" pending", "0"))) {
                continue;
            }
            for (var to : moves.keySet()) {
                if (!to.startsWith(" ") && move(pool, from, Integer.parseInt(to), 0) == Found.CLOSED) {
                    return false;
                }
            }
        }
        return true;
    }

    private Found move(long pool, int from, int to, int n) {
        var moving = Keys.moving(from, pool, to);
        var out = scripts.run(
                "move codes",
                Script.MOVE_OUT,
                List.of(Keys.pool(from, pool), Keys.gate(from, pool), Keys.moves(from, pool), moving),
                to,
                n);
        if (!out.get(0).equals("moving")) {
            return out.get(0).equals("closed") ? Found.CLOSED : Found.SOLD_OUT;
        }
        var number = out.get(1);
        var arguments = new ArrayList<Object>();
        arguments.add(from);
        arguments.add(number);
        arguments.addAll(out.subList(2, out.size()));
        var in = scripts.run(
                "move codes",
                Script.MOVE_IN,
                List.of(Keys.pool(to, pool), Keys.gate(to, pool), Keys.moved(to, pool)),
                arguments.toArray());
        if (in.get(0).equals("closed")) {
            return Found.CLOSED;
        }
        scripts.run("move codes", Script.MOVE_DONE, List.of(Keys.moves(from, pool), moving), to, number);
        return Found.CODES;
    }

    /** Codes that were set aside and have not arrived, from each shard; what stands in a pool too has arrived already. */
    public List<String> onTheMove(long pool) {
        var codes = new ArrayList<String>();
        for (int from = 0; from < shards; from++) {
            for (int to = 0; to < shards; to++) {
                var moving = Keys.moving(from, pool, to);
                codes.addAll(Scripts.answer(
                        "read codes on the move", () -> redisson.<String>getList(moving, StringCodec.INSTANCE)
                                .range(0, -1)));
            }
        }
        return codes;
    }

    private List<Shelf> look(long pool) {
        return Scripts.answer("look for codes of pool " + pool, () -> {
            RBatch batch = redisson.createBatch();
            for (int shard = 0; shard < shards; shard++) {
                var unusedLevel = batch.getList(Keys.pool(shard, pool), StringCodec.INSTANCE)
                        .sizeAsync();
                var unusedMoves = batch.<String, String>getMap(Keys.moves(shard, pool), StringCodec.INSTANCE)
                        .readAllMapAsync();
            }
            var answers = batch.execute().getResponses();
            var shelves = new ArrayList<Shelf>(shards);
            for (int shard = 0; shard < shards; shard++) {
                @SuppressWarnings("unchecked")
                var moves = (Map<String, String>) answers.get(2 * shard + 1);
                shelves.add(new Shelf(
                        (Integer) answers.get(2 * shard),
                        Long.parseLong(moves.getOrDefault(" begun", "0")),
                        Long.parseLong(moves.getOrDefault(" pending", "0"))));
            }
            return shelves;
        });
    }

    private record Shelf(int level, long begun, long pending) {}
}

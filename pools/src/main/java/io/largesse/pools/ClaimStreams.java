package io.largesse.pools;

import io.largesse.coupons.ClaimEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.RedisBusyException;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;

/** The claims that wait for PostgreSQL: a stream of each shard, which consumers of one group share. */
public final class ClaimStreams {

    /** The most entries of one request. */
    public static final int MOST = 2_000;

    private static final String GROUP = "writers";
    private static final String VERSION = "1";

    private final RedissonClient redisson;
    private final Scripts scripts;

    public ClaimStreams(RedissonClient redisson) {
        this.redisson = redisson;
        this.scripts = new Scripts(redisson);
    }

    /**
     * Entries that nobody has been given yet, oldest first; they are the caller's to settle. Redis keeps no account of who
     * has which: what stands in the stream is not settled, and to write it twice changes nothing.
     */
    public List<ClaimEntry> read(int shard, int most) {
        var news = StreamReadGroupArgs.neverDelivered().noAck().count(most);
        return inGroup(shard, () -> entries(shard, stream(shard).readGroup(GROUP, GROUP, news)));
    }

    /** The oldest of those entries that stand there since then: who was given them has died, or is stuck. */
    public List<ClaimEntry> abandoned(int shard, Instant since, int most) {
        return Scripts.answer(
                "look for abandoned claims of shard " + shard,
                () -> entries(
                        shard,
                        stream(shard)
                                .range(
                                        most,
                                        StreamMessageId.MIN,
                                        new StreamMessageId(since.toEpochMilli(), Long.MAX_VALUE))));
    }

    /** Ends entries that PostgreSQL has. */
    public void settle(int shard, List<ClaimEntry> written) {
        if (written.isEmpty()) {
            return;
        }
        var arguments = new ArrayList<Object>(written.size());
        written.forEach(entry -> arguments.add(entry.id()));
        scripts.run("settle claims", Script.SETTLE_CLAIMS, List.of(Keys.claims(shard)), arguments.toArray());
    }

    /** How many entries of a shard wait. */
    public long waiting(int shard) {
        return Scripts.answer(
                "count the claims of shard " + shard, () -> stream(shard).size());
    }

    /** The first entry that waits, by its time; null if none does. */
    public @org.jspecify.annotations.Nullable Instant oldest(int shard) {
        var first = Scripts.answer("look at the claims of shard " + shard, () -> stream(shard)
                .range(1, StreamMessageId.MIN, StreamMessageId.MAX));
        return first.isEmpty()
                ? null
                : Instant.ofEpochMilli(first.keySet().iterator().next().getId0());
    }

    /** The first that wait, oldest first, without taking them. */
    public List<ClaimEntry> peek(int shard, int most) {
        return peek(shard, StreamMessageId.MIN, most);
    }

    private List<ClaimEntry> peek(int shard, StreamMessageId from, int most) {
        return Scripts.answer(
                "read the claims of shard " + shard,
                () -> entries(shard, stream(shard).range(most, from, StreamMessageId.MAX)));
    }

    /** All that wait, oldest first, without taking them. */
    public void forEach(int shard, Consumer<ClaimEntry> reader) {
        var page = peek(shard, MOST);
        while (!page.isEmpty()) {
            page.forEach(reader);
            var last = page.get(page.size() - 1);
            page = peek(shard, new StreamMessageId(last.millis(), last.sequence() + 1), MOST);
        }
    }

    /** The id that the shard's stream gave last, as millis and sequence; 0 and 0 if it never gave one. */
    public long[] lastId(int shard) {
        return Scripts.answer("ask the shard " + shard + " for its last claim", () -> {
            var stream = stream(shard);
            if (!stream.isExists()) {
                return new long[] {0, 0};
            }
            var last = stream.getInfo().getLastGeneratedId();
            return new long[] {last.getId0(), last.getId1()};
        });
    }

    private <T> T inGroup(int shard, java.util.function.Supplier<T> request) {
        return Scripts.answer("read the claims of shard " + shard, () -> {
            try {
                return request.get();
            } catch (RedisException e) {
                if (!String.valueOf(e.getMessage()).contains("NOGROUP")) {
                    throw e;
                }
                createGroup(shard);
                return request.get();
            }
        });
    }

    private void createGroup(int shard) {
        try {
            stream(shard)
                    .createGroup(StreamCreateGroupArgs.name(GROUP)
                            .id(new StreamMessageId(0, 0))
                            .makeStream());
        } catch (RedisBusyException e) {
            return; // somebody else made it
        } catch (RedisException e) {
            if (!String.valueOf(e.getMessage()).contains("BUSYGROUP")) {
                throw e;
            }
        }
    }

    private RStream<String, String> stream(int shard) {
        return redisson.getStream(Keys.claims(shard), StringCodec.INSTANCE);
    }

    private static List<ClaimEntry> entries(int shard, Map<StreamMessageId, Map<String, String>> messages) {
        var entries = new ArrayList<ClaimEntry>(messages.size());
        // an entry that was settled while it was taken over comes without fields
        messages.forEach((id, fields) -> {
            if (fields != null && !fields.isEmpty()) {
                entries.add(entry(shard, id, fields));
            }
        });
        return entries;
    }

    private static ClaimEntry entry(int shard, StreamMessageId id, Map<String, String> fields) {
        var value = fields.get(VERSION);
        if (value == null) {
            throw new IllegalStateException("claim " + id + " of shard " + shard + " has version " + fields.keySet()
                    + "; a newer Largesse wrote it, let that one write it to PostgreSQL");
        }
        var words = value.split(" ", 8);
        return new ClaimEntry(
                shard,
                id.getId0(),
                id.getId1(),
                Long.parseLong(words[0]),
                words[7],
                Integer.parseInt(words[1]),
                words[2],
                instant(words[3]),
                instant(words[4]),
                instant(words[5]),
                Long.parseLong(words[6]));
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}

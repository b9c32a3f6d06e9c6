package io.largesse.pools;

import io.largesse.coupons.ClaimEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.RedisBusyException;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claims that wait for PostgreSQL: a stream of each shard, which all nodes read. */
public final class ClaimStreams {

    /** The most entries of one request. */
    public static final int MOST = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClaimStreams.class);

    private static final String GROUP = "writers";
    private static final String VERSION = "1";

    private final RedissonClient redisson;
    private final Scripts scripts;

    /** Told already. */
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

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

    /**
     * The oldest of those entries that stand there since then: who was given them has died, or is stuck.
     *
     * @param after only later ones than this; null: from the first on
     */
    public List<ClaimEntry> abandoned(int shard, @Nullable ClaimEntry after, Instant since, int most) {
        var from = after == null ? StreamMessageId.MIN : next(after);
        var to = new StreamMessageId(since.toEpochMilli(), Long.MAX_VALUE);
        return Scripts.answer(
                "look for abandoned claims of shard " + shard,
                () -> entries(shard, stream(shard).range(most, from, to)));
    }

    private static StreamMessageId next(ClaimEntry entry) {
        return new StreamMessageId(entry.millis(), entry.sequence() + 1);
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
    public @Nullable Instant oldest(int shard) {
        var first = Scripts.answer("look at the claims of shard " + shard, () -> stream(shard)
                .range(1, StreamMessageId.MIN, StreamMessageId.MAX));
        return first.isEmpty()
                ? null
                : Instant.ofEpochMilli(first.keySet().iterator().next().getId0());
    }

    /** The first that wait, oldest first, without taking them. */
    public List<ClaimEntry> peek(int shard, int most) {
        return Scripts.answer(
                "read the claims of shard " + shard,
                () -> entries(shard, stream(shard).range(most, StreamMessageId.MIN, StreamMessageId.MAX)));
    }

    /** All that wait and can be read, oldest first, without taking them. */
    public void forEach(int shard, Consumer<ClaimEntry> reader) {
        var page = messages(shard, StreamMessageId.MIN);
        while (!page.isEmpty()) {
            entries(shard, page).forEach(reader);
            page = messages(shard, after(page));
        }
    }

    /**
     * The same, for somebody who must not miss one.
     *
     * @throws IllegalStateException if one cannot be read
     */
    public void forEachOrFail(int shard, Consumer<ClaimEntry> reader) {
        var page = messages(shard, StreamMessageId.MIN);
        while (!page.isEmpty()) {
            page.forEach((id, fields) -> reader.accept(entry(shard, id, fields)));
            page = messages(shard, after(page));
        }
    }

    private Map<StreamMessageId, Map<String, String>> messages(int shard, StreamMessageId from) {
        return Scripts.answer(
                "read the claims of shard " + shard, () -> stream(shard).range(MOST, from, StreamMessageId.MAX));
    }

    private static StreamMessageId after(Map<StreamMessageId, Map<String, String>> page) {
        var last = new StreamMessageId(0, 0);
        for (var id : page.keySet()) {
            last = id; // in the order of the stream
        }
        return new StreamMessageId(last.getId0(), last.getId1() + 1);
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

    /** What cannot be read stays where it is, and is told; it keeps no other from being written. */
    private List<ClaimEntry> entries(int shard, Map<StreamMessageId, Map<String, String>> messages) {
        var entries = new ArrayList<ClaimEntry>(messages.size());
        messages.forEach((id, fields) -> {
            try {
                entries.add(entry(shard, id, fields));
            } catch (RuntimeException e) {
                if (unreadable.size() < MOST && unreadable.add(shard + " " + id)) {
                    LOG.error("claim {} of shard {} cannot be read, so it is not written: {}", id, shard, e.toString());
                }
            }
        });
        return entries;
    }

    private static ClaimEntry entry(int shard, StreamMessageId id, Map<String, String> fields) {
        var value = fields.get(VERSION);
        if (value == null) {
            throw new IllegalStateException("claim " + id + " of shard " + shard + " has fields " + fields.keySet()
                    + "; another version of Largesse wrote it, let that one write it to PostgreSQL");
        }
        var words = value.split(" ", 9);
        return new ClaimEntry(
                shard,
                id.getId0(),
                id.getId1(),
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                words[8],
                Integer.parseInt(words[2]),
                words[3],
                instant(words[4]),
                instant(words[5]),
                instant(words[6]),
                Long.parseLong(words[7]));
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}

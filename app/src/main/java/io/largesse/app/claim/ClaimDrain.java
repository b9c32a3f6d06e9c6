package io.largesse.app.claim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.largesse.app.node.Repeating;
import io.largesse.coupons.ClaimEntry;
import io.largesse.pools.ClaimStreams;
import io.largesse.writers.ClaimWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes claims to PostgreSQL: all that wait, of all shards, in one transaction, over and over. Only then they are
 * settled in Redis; whatever happens in between, they are written once more, which changes nothing.
 */
final class ClaimDrain extends Repeating {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimDrain.class);

    private static final int MOST_OF_A_SHARD = 1_000;

    /** Few large transactions cost less than many small ones; nobody waits for them. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Duration LONGEST_LAST = Duration.ofSeconds(3);

    private static final int ROUNDS_BETWEEN_LOOKS_FOR_ABANDONED = 50;

    private final ClaimStreams streams;
    private final ClaimRepair repair;
    private final ClaimDatabase database;
    private final ClaimSettings settings;
    private final int shards;
    private final Clock clock;

    /** What this node was given and has not settled. */
    private final Set<ClaimEntry> held = new LinkedHashSet<>();

    /** How far each shard was looked at for abandoned ones. */
    private final Map<Integer, ClaimEntry> looked = new HashMap<>();

    /** Conflicts that are not to be tried again yet. */
    private final Cache<ClaimEntry, Boolean> later;

    private int rounds;

    ClaimDrain(
            ClaimStreams streams,
            ClaimRepair repair,
            ClaimDatabase database,
            ClaimSettings settings,
            int shards,
            Clock clock) {
        super("claims", PAUSE);
        this.streams = streams;
        this.repair = repair;
        this.database = database;
        this.settings = settings;
        this.shards = shards;
        this.clock = clock;
        this.later = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(settings.abandoned())
                .build();
    }

    @Override
    public int getPhase() {
        return BENEATH_ANSWERS;
    }

    /** @return whether there is a backlog */
    @Override
    protected boolean round() throws SQLException {
        if (held.isEmpty()) {
            hold(rounds++ % ROUNDS_BETWEEN_LOOKS_FOR_ABANDONED == 0);
        }
        var many = held.size() >= MOST_OF_A_SHARD;
        if (!held.isEmpty()) {
            drain();
        }
        return many;
    }

    /** What was answered last is written too; what takes longer is left to the other nodes, or to the next one. */
    @Override
    protected void last() throws SQLException {
        var until = clock.instant().plus(LONGEST_LAST);
        do {
            if (held.isEmpty()) {
                hold(false);
            }
            if (held.isEmpty()) {
                return;
            }
            drain();
        } while (clock.instant().isBefore(until));
    }

    /** Shard by shard, so that what one has given is held even if the next one fails. */
    private void hold(boolean abandonedToo) {
        for (int shard = 0; shard < shards; shard++) {
            var news = streams.read(shard, MOST_OF_A_SHARD);
            held.addAll(news);
            // what is old while there is a backlog is rarely abandoned; if it is not, it is written twice
            if (abandonedToo && news.size() < MOST_OF_A_SHARD) {
                holdAbandoned(shard);
            }
        }
    }

    /** Page after page, look after look: what stays there for long keeps nothing behind it from being found. */
    private void holdAbandoned(int shard) {
        var since = clock.instant().minus(settings.abandoned());
        var page = streams.abandoned(shard, looked.get(shard), since, MOST_OF_A_SHARD);
        if (page.isEmpty()) {
            looked.remove(shard); // the next look begins with the first again
        } else {
            looked.put(shard, page.get(page.size() - 1));
        }
        page.stream().filter(entry -> later.getIfPresent(entry) == null).forEach(held::add);
    }

    private void drain() throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var claims = List.copyOf(held);
        var conflicts = database.inTransaction(connection -> {
            var left = ClaimWriter.write(connection, claims, now);
            ClaimWriter.mark(connection, claims);
            return left;
        });
        conflicts.forEach(held::remove);
        settle(held);
        held.clear();
        conflicts.forEach(this::makeGood);
    }

    /** One that cannot be made good now, for lack of codes perhaps, is tried again when it counts as abandoned anew. */
    private void makeGood(ClaimEntry conflict) {
        later.put(conflict, true);
        try {
            if (repair.makeGood(conflict)) {
                settle(List.of(conflict));
            }
        } catch (RuntimeException e) {
            LOG.error("claim {} of shard {} was not made good; it is tried again", conflict.id(), conflict.shard(), e);
        }
    }

    private void settle(Collection<ClaimEntry> written) {
        var byShard = new TreeMap<Integer, List<ClaimEntry>>();
        written.forEach(entry -> byShard.computeIfAbsent(entry.shard(), shard -> new ArrayList<>())
                .add(entry));
        byShard.forEach(streams::settle);
    }
}

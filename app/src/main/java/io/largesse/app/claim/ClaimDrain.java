package io.largesse.app.claim;

import io.largesse.coupons.ClaimEntry;
import io.largesse.coupons.ClaimShards;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.PoolsUnavailableException;
import io.largesse.writers.ClaimWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes claims to PostgreSQL: all that wait, of all shards, in one transaction, over and over. Only then they are
 * settled in Redis; whatever happens in between, they are written once more, which changes nothing.
 */
final class ClaimDrain implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimDrain.class);

    private static final int MOST_OF_A_SHARD = 1_000;
    private static final long IDLE_MILLIS = 40;
    private static final long TROUBLE_MILLIS = 500;
    private static final int ROUNDS_BETWEEN_LOOKS_FOR_ABANDONED = 50;

    private final ClaimStreams streams;
    private final ClaimShards shards;
    private final ClaimRepair repair;
    private final DataSource database;
    private final TransactionOperations transactions;
    private final ClaimSettings settings;
    private final String self;
    private final int count;
    private final Clock clock;
    /** What this node was given and has not settled. */
    private List<ClaimEntry> held = List.of();

    private volatile boolean running;
    private volatile Thread thread = new Thread();

    ClaimDrain(
            ClaimStreams streams,
            ClaimShards shards,
            ClaimRepair repair,
            DataSource database,
            TransactionOperations transactions,
            ClaimSettings settings,
            String self,
            int count,
            Clock clock) {
        this.streams = streams;
        this.shards = shards;
        this.repair = repair;
        this.database = database;
        this.transactions = transactions;
        this.settings = settings;
        this.self = self;
        this.count = count;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        thread = new Thread(this::run, "claims");
        thread.setDaemon(true);
        thread.start();
    }

    /** The round under way is brought to its end. */
    @Override
    public void stop() {
        running = false;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        boolean quiet = true;
        for (int round = 0; running; round++) {
            try {
                if (held.isEmpty()) {
                    held = next(round % ROUNDS_BETWEEN_LOOKS_FOR_ABANDONED == 0);
                }
                if (held.isEmpty()) {
                    pause(IDLE_MILLIS);
                } else {
                    settle(write(held));
                    held = List.of();
                }
                quiet = true;
            } catch (PoolsUnavailableException | DataAccessException | TransactionException e) {
                if (quiet) {
                    LOG.warn("claims cannot be written now; they wait: {}", e.toString());
                }
                quiet = false;
                pause(TROUBLE_MILLIS);
            } catch (RuntimeException e) {
                LOG.error("claims were not written; it is tried again", e);
                pause(TROUBLE_MILLIS);
            }
        }
    }

    private List<ClaimEntry> next(boolean abandonedToo) {
        var entries = new ArrayList<ClaimEntry>();
        for (int shard = 0; shard < count; shard++) {
            if (abandonedToo) {
                entries.addAll(streams.takeOver(shard, self, settings.abandoned(), MOST_OF_A_SHARD));
            }
            entries.addAll(streams.read(shard, self, MOST_OF_A_SHARD));
        }
        return entries;
    }

    /** @return those that are coupons now */
    private List<ClaimEntry> write(List<ClaimEntry> entries) {
        var conflicts = transactions.execute(tx -> {
            var connection = DataSourceUtils.getConnection(database);
            try {
                var left =
                        ClaimWriter.write(connection, entries, clock.instant().truncatedTo(ChronoUnit.MICROS));
                mark(entries);
                return left;
            } catch (SQLException e) {
                throw new org.springframework.jdbc.UncategorizedSQLException("write claims", null, e);
            } finally {
                DataSourceUtils.releaseConnection(connection, database);
            }
        });
        var written = new ArrayList<>(entries);
        for (var conflict : conflicts == null ? List.<ClaimEntry>of() : conflicts) {
            if (!repair.makeGood(conflict)) {
                written.remove(conflict);
            }
        }
        return written;
    }

    private void mark(List<ClaimEntry> entries) {
        var newest = new TreeMap<Integer, ClaimEntry>(); // in order, as everybody else locks them
        var order = Comparator.comparingLong(ClaimEntry::millis).thenComparingLong(ClaimEntry::sequence);
        for (var entry : entries) {
            newest.merge(entry.shard(), entry, (a, b) -> order.compare(a, b) > 0 ? a : b);
        }
        newest.values().forEach(entry -> shards.written(entry.shard(), entry.millis(), entry.sequence()));
    }

    private void settle(List<ClaimEntry> written) {
        var byShard = new TreeMap<Integer, List<ClaimEntry>>();
        written.forEach(entry -> byShard.computeIfAbsent(entry.shard(), shard -> new ArrayList<>())
                .add(entry));
        byShard.forEach(streams::settle);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

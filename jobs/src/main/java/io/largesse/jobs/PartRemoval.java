package io.largesse.jobs;

import io.largesse.archive.CouponPages;
import io.largesse.archive.CouponRemoval;
import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.Archives;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes exported coupons out of their table: a partition at once if all of it is exported, else part by part. */
@Component
class PartRemoval {

    private static final int ATTEMPTS = 3;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";

    /** No node's clock is wrong by that much. */
    private static final Duration CLOCKS_AGREE = Duration.ofHours(1);

    private final Archives archives;
    private final PartExport export;
    private final Runs runs;
    private final LiveRuns live;
    private final DataSource database;
    private final TransactionOperations transactions;
    private final Clock clock;

    PartRemoval(
            Archives archives,
            PartExport export,
            Runs runs,
            LiveRuns live,
            DataSource database,
            TransactionOperations transactions,
            Clock clock) {
        this.archives = archives;
        this.export = export;
        this.runs = runs;
        this.live = live;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @param remarks what is to be told of coupons that stay
     * @return false if the run was asked to stop before all was removed
     */
    boolean remove(RunHold hold, ArchiveRequest request, String partition, Consumer<String> remarks)
            throws IOException, SQLException {
        var objects = of(hold, partition);
        if (objects.isEmpty() || truncated(hold, request, partition, objects)) {
            return true;
        }
        var byPart = objects.stream().collect(Collectors.groupingBy(ArchiveObject::part));
        for (var part : new TreeSet<>(byPart.keySet())) {
            if (runs.fence(hold) || !removePart(hold, request, part, remarks)) {
                return false;
            }
        }
        return true;
    }

    private List<ArchiveObject> of(RunHold hold, String partition) {
        return archives.verifiedOf(hold.run()).stream()
                .filter(object -> ArchivePart.named(object.part()).partition().equals(partition))
                .toList();
    }

    /** Coupons that have changed since they were exported are exported anew, with the others of their part. */
    private boolean removePart(RunHold hold, ArchiveRequest request, String part, Consumer<String> remarks)
            throws IOException, SQLException {
        for (int attempt = 1; ; attempt++) {
            var objects = archives.verifiedOf(hold.run()).stream()
                    .filter(object -> object.part().equals(part))
                    .toList();
            if (objects.isEmpty() || deleted(hold, request, ArchivePart.named(part), objects)) {
                return true;
            }
            if (attempt == ATTEMPTS) {
                transactions.executeWithoutResult(tx -> {
                    archives.abandon(hold.run(), part);
                    var unused = runs.fence(hold);
                });
                remarks.accept("coupons of " + part + " change while they are archived: they stay until the next run");
                return true;
            }
            live.of(hold.run())
                    .add(-objects.stream().mapToLong(ArchiveObject::coupons).sum());
            if (!export.export(hold, request, part, remarks)) {
                return false;
            }
        }
    }

    private boolean deleted(RunHold hold, ArchiveRequest request, ArchivePart part, List<ArchiveObject> objects)
            throws SQLException, IOException {
        return archived(hold, objects, connection -> {
            var cold = new CouponPages(
                    part.partition(), part.firstPage(), part.lastPage(), request.cutoff(), campaigns(objects));
            return CouponRemoval.delete(connection, cold, objects);
        });
    }

    private boolean truncated(RunHold hold, ArchiveRequest request, String partition, List<ArchiveObject> objects)
            throws SQLException, IOException {
        var whole = new CouponPages(partition, 0, 0, request.cutoff(), campaigns(objects));
        if (request.cutoff().isAfter(clock.instant().minus(CLOCKS_AGREE)) || !mayBeAll(whole, objects)) {
            return false;
        }
        try {
            return archived(hold, objects, connection -> CouponRemoval.truncate(connection, whole, objects));
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private boolean mayBeAll(CouponPages whole, List<ArchiveObject> objects) throws SQLException {
        var connection = DataSourceUtils.getConnection(database);
        try {
            return CouponRemoval.mayBeAll(connection, whole, objects);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    /** Removes coupons and puts that on record, both or neither. */
    private boolean archived(RunHold hold, List<ArchiveObject> objects, Removal removal)
            throws SQLException, IOException {
        try {
            return Boolean.TRUE.equals(transactions.execute(tx -> {
                // in this order: claims and grants hold their campaign before they write
                if (!archives.lockSettled(campaigns(objects)) || !removed(removal)) {
                    tx.setRollbackOnly();
                    return false;
                }
                objects.forEach(archives::archived);
                live.of(hold.run())
                        .addOnCommit(objects.stream()
                                .mapToLong(ArchiveObject::coupons)
                                .sum());
                var unused = runs.fence(hold);
                return true;
            }));
        } catch (RemovalException e) {
            throw e.failure;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean removed(Removal removal) {
        var connection = DataSourceUtils.getConnection(database);
        try {
            return removal.of(connection);
        } catch (SQLException e) {
            throw new RemovalException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    private static Set<Long> campaigns(List<ArchiveObject> objects) {
        return objects.stream().map(ArchiveObject::campaignId).collect(Collectors.toCollection(TreeSet::new));
    }

    private interface Removal {
        boolean of(Connection connection) throws SQLException, IOException;
    }

    /** On its way out of a transaction. */
    private static final class RemovalException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final SQLException failure;

        RemovalException(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}

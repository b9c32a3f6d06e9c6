package io.largesse.jobs;

import io.largesse.archive.ArchivedCoupon;
import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.Archives;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import io.largesse.writers.BinaryCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings coupons of an object into the table again, some thousand in a transaction, each with its bit: whatever happens, a
 * coupon is in one place. It may be repeated; those that are in the table already are passed over.
 */
@Component
class ObjectRestore {

    static final String REQUEST = "request";

    /** A transaction changes as many bits as it has coupons, and each block of bits is written whole. */
    private static final int AT_ONCE = 20_000;

    private final Archives archives;
    private final ArchiveReader reader;
    private final Runs runs;
    private final LiveRuns live;
    private final DataSource database;
    private final TransactionOperations transactions;

    ObjectRestore(
            Archives archives,
            ArchiveReader reader,
            Runs runs,
            LiveRuns live,
            DataSource database,
            TransactionOperations transactions) {
        this.archives = archives;
        this.reader = reader;
        this.runs = runs;
        this.live = live;
        this.database = database;
        this.transactions = transactions;
    }

    static RestoreRequest requestOf(StepExecution step) {
        return RestoreRequest.parse(
                Objects.requireNonNull(step.getJobExecution().getJobParameters().getString(REQUEST)));
    }

    void restore(StepExecution step) throws IOException {
        var hold = Fence.holdOf(step.getJobExecution().getJobParameters());
        var request = requestOf(step);
        var object = archives.byId(Long.parseLong(ArchivePart.nameOf(step.getStepName())));
        var some = new ArrayList<ArchivedCoupon>();
        try {
            reader.readAll(object, request.wanted(), coupon -> {
                some.add(coupon);
                if (some.size() == AT_ONCE) {
                    restore(hold, object, request.until(), some);
                    some.clear();
                }
            });
            restore(hold, object, request.until(), some);
        } catch (StopRequestedException e) {
            step.setTerminateOnly();
        }
    }

    private void restore(RunHold hold, ArchiveObject object, Instant until, List<ArchivedCoupon> some) {
        var stop = transactions.execute(tx -> {
            var locked = archives.lock(object);
            var places = archives.places(object.campaignId());
            var there = archives.codes(locked);
            var coming = some.stream()
                    .filter(coupon -> there.remove(Objects.requireNonNull(places.of(coupon.code()))))
                    .toList();
            if (!coming.isEmpty()) {
                copy(locked, until, coming);
                archives.restored(locked, coming.size(), there);
            }
            archives.extend(locked, others(some, coming), until);
            live.of(hold.run()).addOnCommit(coming.size());
            return runs.fence(hold);
        });
        if (Boolean.TRUE.equals(stop)) {
            throw new StopRequestedException();
        }
    }

    private static List<String> others(List<ArchivedCoupon> some, List<ArchivedCoupon> coming) {
        var others = new ArrayList<>(some);
        others.removeAll(new HashSet<>(coming));
        return others.stream().map(ArchivedCoupon::code).toList();
    }

    private void copy(ArchiveObject object, Instant until, List<ArchivedCoupon> coupons) {
        var connection = DataSourceUtils.getConnection(database);
        try (var copy = BinaryCopy.into(
                connection,
                "coupon",
                "code",
                "campaign_id",
                "user_id",
                "source_kind",
                "source_id",
                "ordinal",
                "status",
                "issued_at",
                "valid_from",
                "valid_to",
                "face_value",
                "order_id",
                "updated_at",
                "restored_from",
                "restored_until")) {
            for (var c : coupons) {
                copy.row().text(c.code()).int8(c.campaignId()).text(c.userId());
                copy.text(c.sourceKind()).int8(c.sourceId()).int4(c.ordinal()).text(c.status());
                copy.timestamptzMicros(c.issuedAt())
                        .timestamptzMicros(c.validFrom())
                        .timestamptzMicros(c.validTo());
                copy.int8(c.faceValue()).text(c.orderId()).timestamptzMicros(c.updatedAt());
                copy.int8(object.id()).timestamptz(until);
            }
            if (copy.finish() != coupons.size()) {
                throw new IllegalStateException("some coupons of object " + object.id() + " were not stored");
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(
                    "coupons of object " + object.id() + " cannot be in the table: " + e.getMessage(), e));
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }
}

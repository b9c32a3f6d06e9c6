package io.largesse.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Pages of a partition of the coupon table, and those of their coupons that may be archived: of some campaigns, spent,
 * expired or taken back, and unchanged since a time; not those that were restored for a while.
 *
 * @param firstPage from 0; {@code lastPage} is included
 */
public record CouponPages(String partition, long firstPage, long lastPage, Instant cutoff, Collection<Long> campaigns) {

    private static final String COLUMNS =
            "code, campaign_id, user_id, source_kind, source_id, ordinal, status, issued_at,"
                    + " valid_from, valid_to, face_value, order_id, updated_at";

    /** PostgreSQL counts microseconds from 2000-01-01T00:00Z. */
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;

    private static final int SIGNATURE = 11;
    private static final byte FIRST_OF_SIGNATURE = 'P';
    private static final int NULL = -1;

    public CouponPages {
        if (!partition.matches("coupon_\\d+") || campaigns.isEmpty()) {
            throw new IllegalArgumentException("no coupons of " + campaigns + " in " + partition);
        }
    }

    /** How PostgreSQL tells the coupons that are meant. Every change of a coupon moves its {@code updated_at} to its time. */
    private String cold() {
        var ids = campaigns.stream().map(String::valueOf).collect(Collectors.joining(","));
        return " status IN ('REDEEMED', 'EXPIRED', 'REVOKED') AND updated_at < '" + cutoff
                + "' AND restored_until IS NULL AND campaign_id IN (" + ids + ")";
    }

    private String where() {
        return " FROM " + partition + " WHERE ctid >= '(" + firstPage + ",0)' AND ctid < '(" + (lastPage + 1)
                + ",0)' AND" + cold();
    }

    /** PostgreSQL's file of the partition; another one if the table was written anew. */
    long filenode(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("SELECT pg_relation_filenode('" + partition + "')::bigint")) {
            if (!row.next()) {
                throw new IllegalStateException(partition + " has no file");
            }
            return row.getLong(1);
        }
    }

    /** How many coupons the partition has, about; less than that if PostgreSQL has not counted them yet. */
    long guess(Connection connection) throws SQLException {
        var sql = "SELECT greatest(reltuples, pg_stat_get_live_tuples(oid))::bigint FROM pg_class WHERE oid = '"
                + partition + "'::regclass";
        try (var query = connection.createStatement();
                var row = query.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Each coupon, in the order in which they are stored. */
    void read(Connection connection, CouponConsumer consumer) throws SQLException, IOException {
        copy(connection, "SELECT " + COLUMNS + where(), consumer);
    }

    /** Deletes them, and tells each that is deleted: what PostgreSQL had at this moment. */
    void delete(Connection connection, CouponConsumer consumer) throws SQLException, IOException {
        copy(connection, "DELETE" + where() + " RETURNING " + COLUMNS, consumer);
    }

    /** Whether a partition has so many coupons, and each of them is meant. */
    static boolean areAll(Connection connection, CouponPages whole, long coupons) throws SQLException {
        var sql = "SELECT count(*), count(*) FILTER (WHERE" + whole.cold() + ") FROM " + whole.partition;
        try (var query = connection.createStatement();
                var row = query.executeQuery(sql)) {
            return row.next() && row.getLong(1) == coupons && row.getLong(2) == coupons;
        }
    }

    private static void copy(Connection connection, String sql, CouponConsumer consumer)
            throws SQLException, IOException {
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT BINARY)");
        try {
            for (byte @Nullable [] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                rows(ByteBuffer.wrap(bytes), consumer);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** One row as a rule; before the first of them the header, and after the last the trailer, a row without columns. */
    private static void rows(ByteBuffer bytes, CouponConsumer consumer) throws IOException {
        if (bytes.get(0) == FIRST_OF_SIGNATURE) {
            bytes.position(SIGNATURE + Integer.BYTES);
            bytes.position(bytes.position() + Integer.BYTES + bytes.getInt(bytes.position()));
        }
        while (bytes.hasRemaining()) {
            if (bytes.getShort() > 0) {
                consumer.accept(row(bytes));
            }
        }
    }

    private static ArchivedCoupon row(ByteBuffer in) {
        return new ArchivedCoupon(
                required(in),
                number(in),
                required(in),
                required(in),
                number(in),
                integer(in),
                required(in),
                time(in),
                time(in),
                time(in),
                number(in),
                text(in),
                time(in));
    }

    private static @Nullable String text(ByteBuffer in) {
        int length = in.getInt();
        if (length == NULL) {
            return null;
        }
        var text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private static String required(ByteBuffer in) {
        var text = text(in);
        if (text == null) {
            throw new IllegalStateException("a coupon without a value that every coupon has");
        }
        return text;
    }

    private static long number(ByteBuffer in) {
        in.position(in.position() + Integer.BYTES);
        return in.getLong();
    }

    private static int integer(ByteBuffer in) {
        in.position(in.position() + Integer.BYTES);
        return in.getInt();
    }

    private static long time(ByteBuffer in) {
        return number(in) + MICROS_TO_2000;
    }
}

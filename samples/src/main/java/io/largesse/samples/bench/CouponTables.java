package io.largesse.samples.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The partition of the coupons that a grant writes to, and a table beside it with the same rows, columns, checks and
 * indexes, built the same way.
 */
final class CouponTables {

    static final String PARTITION = "coupon_0";
    static final String BESIDE = "coupon_beside";

    private static final String COLUMNS = "code, campaign_id, user_id, source_kind, source_id, ordinal, status,"
            + " issued_at, valid_from, valid_to, face_value, updated_at";

    private final DataSource dataSource;
    private final JdbcTemplate sql;

    CouponTables(DataSource dataSource) {
        this.dataSource = dataSource;
        this.sql = new JdbcTemplate(dataSource);
    }

    /** Fills both tables with so many coupons of earlier grants: of ten campaigns, the given one among them. */
    void fill(long coupons, long campaign, String codePrefix) {
        fill(coupons, campaign, codePrefix, "30 days");
    }

    /** @param valid until how long after now, an interval of PostgreSQL */
    void fill(long coupons, long campaign, String codePrefix, String valid) {
        sql.execute("TRUNCATE " + PARTITION);
        sql.execute("ALTER TABLE coupon DETACH PARTITION " + PARTITION);
        createBeside(sql);
        sql.execute("CREATE UNLOGGED TABLE earlier AS SELECT '" + codePrefix
                + "' || upper(substr(encode(sha256(n::text::bytea), 'hex'), 1, 14)) AS code,"
                + " " + campaign + " + n % 10 AS campaign_id,"
                + " 'U' || lpad((n / 10 * 10 * 7919 % " + UserFile.USERS + ")::text, 8, '0') AS user_id,"
                + " 1000000000 + n AS source_id FROM generate_series(1::bigint, " + coupons + ") AS n");
        load(PARTITION, valid);
        load(BESIDE, valid);
        sql.execute("DROP TABLE earlier");
        sql.execute("ALTER TABLE coupon ATTACH PARTITION " + PARTITION + " FOR VALUES FROM (0) TO (50)");
        sql.execute("VACUUM ANALYZE " + PARTITION);
        sql.execute("VACUUM ANALYZE " + BESIDE);
    }

    /** Empty, like the partition in all; LIKE copies everything but how far pages are filled. */
    static void createBeside(JdbcTemplate sql) {
        sql.execute("DROP TABLE IF EXISTS " + BESIDE);
        var options = sql.queryForObject(
                "SELECT array_to_string(reloptions, ', ') FROM pg_class WHERE oid = ?::regclass",
                String.class,
                PARTITION);
        sql.execute("CREATE TABLE " + BESIDE + " (LIKE " + PARTITION + " INCLUDING ALL) WITH (" + options + ")");
    }

    private void load(String table, String valid) {
        var constraints = sql.queryForList(
                "SELECT conname FROM pg_constraint WHERE conrelid = ?::regclass AND contype = 'u' ORDER BY 1",
                String.class,
                table);
        constraints.forEach(name -> sql.execute("ALTER TABLE " + table + " DROP CONSTRAINT " + name));
        sql.execute("INSERT INTO " + table + " (" + COLUMNS + ")"
                + " SELECT code, campaign_id, user_id, 'GRANT', source_id, 1, 'ISSUED', now(), now(),"
                + " now() + interval '" + valid + "', 1000, now() FROM earlier");
        sql.execute("ALTER TABLE " + table + " ADD UNIQUE (campaign_id, code)");
        sql.execute("ALTER TABLE " + table + " ADD UNIQUE (user_id, campaign_id, source_kind, source_id, ordinal)");
    }

    long count(long grant) {
        var count = sql.queryForObject("SELECT count(*) FROM " + PARTITION + " WHERE source_id = ?", Long.class, grant);
        return count == null ? 0 : count;
    }

    /** So that neither of two measurements pays for what the other one, or the filling, left to be written. */
    void settle() {
        sql.execute("VACUUM");
        sql.execute("CHECKPOINT");
    }

    /** Writes the coupons of a grant to a file, in the order of its list. */
    void export(long grant, Path file) throws SQLException, IOException {
        sql.execute("ANALYZE recipient");
        sql.execute("ANALYZE " + PARTITION);
        try (var connection = dataSource.getConnection();
                OutputStream out = Files.newOutputStream(file)) {
            copyApi(connection)
                    .copyOut(
                            "COPY (SELECT c." + COLUMNS.replace(", ", ", c.") + " FROM " + PARTITION + " c"
                                    + " JOIN recipient r ON r.grant_id = " + grant + " AND r.user_id = c.user_id"
                                    + " WHERE c.source_id = " + grant
                                    + " ORDER BY r.source_no, r.row_no, c.ordinal) TO STDOUT (FORMAT BINARY)",
                            out);
        }
    }

    /** The least: one COPY of the file into the table beside, in one transaction. */
    long copy(Path file) throws SQLException, IOException {
        try (var connection = dataSource.getConnection();
                var in = Files.newInputStream(file)) {
            return copyApi(connection)
                    .copyIn("COPY " + BESIDE + " (" + COLUMNS + ") FROM STDIN (FORMAT BINARY)", in, 1 << 16);
        }
    }

    /** The least that taking a grant back can cost: one UPDATE of the same coupons in the table beside. */
    long revoke(long grant) {
        return sql.update(
                "UPDATE " + BESIDE
                        + " SET status = 'REVOKED', updated_at = now() WHERE source_id = ? AND status = 'ISSUED'",
                grant);
    }

    /** The least that a sweep can cost: one UPDATE of the same coupons in the table beside. */
    long expire() {
        return sql.update("UPDATE " + BESIDE
                + " SET status = 'EXPIRED', updated_at = now() WHERE status = 'ISSUED' AND valid_to <= now()");
    }

    long count(String status) {
        var count = sql.queryForObject("SELECT count(*) FROM " + PARTITION + " WHERE status = ?", Long.class, status);
        return count == null ? 0 : count;
    }

    private static org.postgresql.copy.CopyManager copyApi(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}

package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Holds back one chunk of coupons, by a trigger that waits for a lock of this side: what a test asks for meanwhile comes
 * while the grant runs, however fast the machine is.
 */
final class HeldChunk implements AutoCloseable {

    private static final int LOCK = 20_262;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final JdbcTemplate sql;
    private final Connection holder;

    private HeldChunk(JdbcTemplate sql, Connection holder) {
        this.sql = sql;
        this.holder = holder;
    }

    /** @param nth which of the chunks that issue coupons from now on, from 1 */
    static HeldChunk hold(Program program, int nth) throws SQLException {
        var sql = program.bean(JdbcTemplate.class);
        var held = new HeldChunk(sql, program.bean(DataSource.class).getConnection());
        held.query("SELECT pg_advisory_lock(" + LOCK + ")");
        held.lift();
        sql.execute("CREATE SEQUENCE held_chunks");
        sql.execute(
                "CREATE FUNCTION held_chunk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('held_chunks') = "
                        + nth + " THEN PERFORM pg_advisory_xact_lock(" + LOCK + "); END IF; RETURN NEW; END $$");
        sql.execute("CREATE TRIGGER held_chunk BEFORE UPDATE ON batch_step_execution FOR EACH ROW WHEN ("
                + "NEW.commit_count > OLD.commit_count AND NEW.step_name LIKE 'issue-part%')"
                + " EXECUTE FUNCTION held_chunk()");
        return held;
    }

    /** Waits until the chunk has come, and is held. */
    void awaitCaught() {
        await().atMost(PATIENCE)
                .until(() -> number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                                + " AND objid = " + LOCK)
                        > 0);
    }

    /** Lets it go on once a request to stop is on record. */
    void releaseOnceAskedToStop(String grant) throws SQLException {
        await().atMost(PATIENCE)
                .until(() ->
                        number("SELECT count(*) FROM run WHERE state = 'STOPPING' AND subject = 'grant " + grant + "'")
                                > 0);
        release();
    }

    private void release() throws SQLException {
        query("SELECT pg_advisory_unlock(" + LOCK + ")");
        holder.close();
    }

    @Override
    public void close() throws SQLException {
        if (!holder.isClosed()) {
            release();
        }
        lift();
    }

    private void lift() {
        sql.execute("DROP FUNCTION IF EXISTS held_chunk CASCADE");
        sql.execute("DROP SEQUENCE IF EXISTS held_chunks");
    }

    private long number(String query) {
        var number = sql.queryForObject(query, Long.class);
        return number == null ? 0 : number;
    }

    private void query(String text) throws SQLException {
        try (var statement = holder.createStatement()) {
            assertThat(statement.execute(text)).isTrue();
        }
    }
}

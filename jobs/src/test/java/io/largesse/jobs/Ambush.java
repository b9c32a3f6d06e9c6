package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Something that befalls a database session at the nth change of a table, by a trigger in the database: the same moment
 * however fast the machine is.
 */
final class Ambush {

    private static final int LOCK = 20_261;

    private final Node node;

    Ambush(Node node) {
        this.node = node;
    }

    /** The condition for updates of {@code batch_step_execution_context}: it belongs to such a step. The first two are no chunks. */
    static String step(String name) {
        return "OLD.step_execution_id IN (SELECT s.step_execution_id FROM batch_step_execution s WHERE s.step_name LIKE '"
                + name + "')";
    }

    /** @param action statements of PL/pgSQL, run by the session that updates */
    void lay(String table, String condition, int nth, String action) {
        lay("UPDATE", table, condition, nth, action);
    }

    private void lay(String event, String table, String condition, int nth, String action) {
        lift();
        node.sql().execute("CREATE SEQUENCE ambush_at");
        node.sql()
                .execute("CREATE FUNCTION ambush() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF " + condition
                        + " AND nextval('ambush_at') = " + nth + " THEN " + action + "; END IF; RETURN NEW; END $$");
        node.sql()
                .execute("CREATE TRIGGER ambush BEFORE " + event + " ON " + table
                        + " FOR EACH ROW EXECUTE FUNCTION ambush()");
    }

    void loseSession(String table, String condition, int nth) {
        lay(table, condition, nth, "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1)");
    }

    void loseSessionAtInsert(String table) {
        lay("INSERT", table, "true", 1, "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1)");
    }

    /**
     * The nth chunk of such a step waits in its transaction until the hold is closed. Chunks beside it wait at their ends,
     * since Spring Batch saves one step at a time.
     */
    Hold holdChunk(String step, int nth) {
        var hold = new Hold(node.bean(DataSource.class));
        var aChunk = "NEW.commit_count > OLD.commit_count AND NEW.step_name LIKE '" + step + "'";
        lay("batch_step_execution", aChunk, nth, "PERFORM pg_advisory_xact_lock(" + LOCK + ")");
        return hold;
    }

    /** The nth block of codes that is put on record waits until the hold is closed; Redis has given it already. */
    Hold holdBlock(int nth) {
        var hold = new Hold(node.bean(DataSource.class));
        lay("INSERT", "allotment_block", "true", nth, "PERFORM pg_advisory_xact_lock(" + LOCK + ")");
        return hold;
    }

    void lift() {
        node.sql().execute("DROP FUNCTION IF EXISTS ambush CASCADE");
        node.sql().execute("DROP SEQUENCE IF EXISTS ambush_at");
    }

    /** Holds one chunk or block back. */
    static final class Hold implements AutoCloseable {

        private final Connection session;

        private Hold(DataSource database) {
            try {
                session = database.getConnection();
                query("SELECT pg_advisory_lock(" + LOCK + ")");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Waits until it is there, and held. */
        void awaitCaught() {
            await().atMost(Duration.ofSeconds(120)).until(this::isHolding);
        }

        private boolean isHolding() throws SQLException {
            try (var statement = session.createStatement();
                    var waiting = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                            + " AND NOT granted AND objid = " + LOCK)) {
                return waiting.next() && waiting.getInt(1) > 0;
            }
        }

        /** Waits until the session is lost, and the lock with it, since PostgreSQL was killed. */
        void awaitLost() throws SQLException {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                try {
                    isHolding();
                    return false;
                } catch (SQLException e) {
                    return true;
                }
            });
            session.close();
        }

        @Override
        public void close() {
            try {
                if (!session.isClosed()) {
                    query("SELECT pg_advisory_unlock(" + LOCK + ")");
                    session.close();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void query(String sql) throws SQLException {
            try (var statement = session.createStatement()) {
                assertThat(statement.execute(sql)).isTrue();
            }
        }
    }
}

package io.largesse.app.claim;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A few connections for what must neither wait behind requests and jobs nor hang: if PostgreSQL's machine falls silent, each
 * of these learns it within seconds. Jobs cannot have that, as some of their statements take minutes.
 */
final class ClaimDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final long PATIENCE_MILLIS = 3_000;
    private static final int SILENCE_SECONDS = 15;
    private static final int ANSWER_SECONDS = 2;

    private final HikariDataSource pool;

    /** @param name what the sessions are called, as those of this process' jobs are */
    ClaimDatabase(String url, String user, String password, String name) {
        var config = new HikariConfig();
        config.setPoolName("claims");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "claims of " + name);
        config.addDataSourceProperty("socketTimeout", SILENCE_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", true);
        config.addDataSourceProperty("logServerErrorDetail", false);
        // a node that falls silent in a transaction must not keep the others from theirs
        config.addDataSourceProperty(
                "options",
                "-c idle_in_transaction_session_timeout=5s -c lock_timeout=10s -c tcp_keepalives_idle=5"
                        + " -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3");
        this.pool = new HikariDataSource(config);
    }

    /** Some work in a transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Whether PostgreSQL answers this node now. */
    boolean answers() {
        try (var connection = pool.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Commits what the work has done, or nothing of it. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false); // given back, it commits by itself again
            try {
                var done = work.in(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}

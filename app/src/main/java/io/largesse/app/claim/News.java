package io.largesse.app.claim;

import io.largesse.app.node.Repeating;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.PGConnection;

/**
 * Tells those who keep a copy in memory that what they copied has changed, within milliseconds of the commit. PostgreSQL
 * broadcasts it; after a lost connection, and every half a minute, everything counts as changed.
 */
final class News extends Repeating {

    private static final int LISTEN_MILLIS = 500;
    private static final long EVERYTHING_MILLIS = 30_000;

    private final ClaimDatabase database;
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();

    News(ClaimDatabase database) {
        super("news", Duration.ZERO);
        this.database = database;
    }

    /** @param reader reads its copy anew; called at once, then at each change, by one thread */
    void follow(Runnable reader) {
        reader.run();
        readers.add(reader);
    }

    @Override
    public int getPhase() {
        return BENEATH_ANSWERS;
    }

    /** As long as the connection lives. */
    @Override
    protected boolean round() throws SQLException {
        try (var connection = database.connection()) {
            listen(connection);
        }
        return true;
    }

    private void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN largesse");
            var listening = connection.unwrap(PGConnection.class);
            tell();
            long told = System.nanoTime();
            while (isRunning()) {
                var heard = listening.getNotifications(LISTEN_MILLIS);
                var old = (System.nanoTime() - told) / 1_000_000 > EVERYTHING_MILLIS;
                if (old) {
                    statement.execute("SELECT 1"); // a connection that died silently is noticed
                }
                if (old || heard != null && heard.length > 0) {
                    tell();
                    told = System.nanoTime();
                }
            }
            statement.execute("UNLISTEN largesse");
        }
    }

    private void tell() {
        for (var reader : readers) {
            reader.run();
        }
    }
}

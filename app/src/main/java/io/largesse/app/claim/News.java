package io.largesse.app.claim;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells those who keep a copy in memory that what they copied has changed, within milliseconds of the commit. PostgreSQL
 * broadcasts it; after a lost connection, and every half a minute, everything counts as changed.
 */
final class News implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private static final int LISTEN_MILLIS = 500;
    private static final long EVERYTHING_MILLIS = 30_000;

    private final ClaimDatabase database;
    private final List<Runnable> readers = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    News(ClaimDatabase database) {
        this.database = database;
    }

    /** @param reader reads its copy anew; called at once, then at each change, by one thread */
    void follow(Runnable reader) {
        reader.run();
        readers.add(reader);
    }

    @Override
    public void start() {
        running = true;
        var thread = new Thread(this::run, "news");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (var connection = database.connection()) {
                listen(connection);
            } catch (SQLException | RuntimeException | Error e) {
                if (running) {
                    LOG.warn("no news from PostgreSQL; what is known is used until it is back: {}", e.toString());
                    pause();
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN largesse");
            var listening = connection.unwrap(PGConnection.class);
            tell();
            long told = System.nanoTime();
            while (running) {
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

    private static void pause() {
        try {
            Thread.sleep(LISTEN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

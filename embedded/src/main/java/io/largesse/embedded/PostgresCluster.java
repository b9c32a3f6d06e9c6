package io.largesse.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The data directory: made by initdb once, configured anew at every start, with one database and its owner. */
final class PostgresCluster {
    static final String DATABASE = "largesse";
    static final String OWNER = "largesse";
    private static final String SUPERUSER = "postgres";
    private static final String OWNER_PASSWORD = "password";
    private static final String SUPERUSER_PASSWORD = "superuser-password";
    private static final String READY = "database-made";

    private final Home home;
    private final Remembered remembered;
    private final ServerLog log;

    PostgresCluster(Home home) {
        this.home = home;
        this.remembered = home.postgres();
        this.log = new ServerLog(home.log("postgres"));
    }

    static String ownerPassword(Home home) {
        return home.postgres().get(OWNER_PASSWORD);
    }

    /** Makes the data directory if there is none: under a passing name, so that a kill in the middle leaves no half of one. */
    void ensureMade(PostgresPrograms programs) throws StartException, IOException {
        if (Files.exists(home.postgresData().resolve("PG_VERSION"))) {
            if (remembered.find(SUPERUSER_PASSWORD) == null || remembered.find(OWNER_PASSWORD) == null) {
                throw new StartException("the passwords of the database in " + home.postgresData()
                        + " are lost: bring back services/postgres.properties, or move that directory away to begin"
                        + " with an empty database");
            }
            return;
        }
        if (Files.exists(home.postgresData())) {
            throw new StartException(home.postgresData() + " exists but holds no database (PG_VERSION is missing):"
                    + " bring back a copy, or move that directory away to begin with an empty database");
        }
        remembered.secret(OWNER_PASSWORD);
        remembered.put(READY, "false");
        var fresh = home.data().resolve("postgres." + UUID.randomUUID());
        initialise(programs, fresh);
        Files.move(fresh, home.postgresData());
    }

    private void initialise(PostgresPrograms programs, Path fresh) throws StartException, IOException {
        var passwordFile = home.temporary().resolve(UUID.randomUUID().toString());
        PrivateFiles.write(passwordFile, remembered.secret(SUPERUSER_PASSWORD));
        long before = log.size();
        try {
            var builder = new ProcessBuilder(programs.command(
                            "initdb",
                            "--pgdata=" + fresh,
                            "--username=" + SUPERUSER,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            // one call for the whole file system instead of one for each of a thousand files
                            "--sync-method=" + (Bundled.system().equals("linux") ? "syncfs" : "fsync"),
                            "--no-instructions"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
            builder.environment().put("LC_ALL", "C");
            var initdb = builder.start();
            if (!initdb.waitFor(60, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
                initdb.destroyForcibly();
                Bundled.deleteTree(fresh);
                throw new StartException("initdb could not make a database (" + log.complaints(before)
                        + "): make room if the disk is full, and see " + log.file());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("initdb was interrupted: start again", e);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** Full durability, sized for bulk loads on a developer's machine. */
    void configure(int port) throws IOException {
        PrivateFiles.write(home.postgresData().resolve("postgresql.conf"), """
                # written at every start
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                max_connections = 100
                password_encryption = 'scram-sha-256'
                shared_buffers = 256MB
                work_mem = 64MB
                maintenance_work_mem = 256MB
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                wal_compression = pglz
                io_method = sync
                max_wal_size = 4GB
                checkpoint_timeout = 15min
                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'
                log_line_prefix = '%%m [%%p] %%a '
                """.formatted(Ports.LOOPBACK, port));
        PrivateFiles.write(home.postgresData().resolve("pg_hba.conf"), """
                # written at every start
                host all all %s/32 scram-sha-256
                """.formatted(Ports.LOOPBACK));
    }

    /** The database and its owner, who may end sessions and ask for a checkpoint but is no superuser. Can be repeated after a kill in the middle. */
    void ensureDatabase(int port) throws StartException {
        if ("true".equals(remembered.find(READY))) {
            return;
        }
        try (var connection = superuser(remembered, port)) {
            if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = '" + OWNER + "'")) {
                // the password has letters and digits only
                run(connection, "CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + remembered.get(OWNER_PASSWORD) + "'");
            }
            run(connection, "GRANT pg_signal_backend, pg_checkpoint TO " + OWNER);
            if (!exists(connection, "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                run(connection, "CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
            remembered.put(READY, "true");
        } catch (SQLException e) {
            throw new StartException(
                    "the database " + DATABASE + " could not be made (" + e.getMessage() + "): see " + log.file(), e);
        }
    }

    /** Changes a setting of the running server, null for its default; for tests. */
    static void alter(Home home, String setting, @Nullable String value) {
        var remembered = home.postgres();
        try (var connection = superuser(remembered, remembered.port())) {
            run(connection, "ALTER SYSTEM " + (value == null ? "RESET " + setting : "SET " + setting + " = " + value));
            run(connection, "SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(setting + " could not be changed", e);
        }
    }

    /** Whether a commit waits for a standby by now: the process that tells the sessions so may be busy. A second, if so. */
    static boolean holdsCommits(Home home) {
        var remembered = home.postgres();
        long began = System.nanoTime();
        try (var connection = superuser(remembered, remembered.port());
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1); // ends the wait, not the commit
            statement.execute("SELECT pg_logical_emit_message(true, 'largesse', 'held?')");
        } catch (SQLException e) {
            throw new IllegalStateException("whether commits are held cannot be told", e);
        }
        return System.nanoTime() - began > 900_000_000;
    }

    private static Connection superuser(Remembered remembered, int port) throws SQLException {
        var url = "jdbc:postgresql://" + Ports.LOOPBACK + ":" + port + "/postgres?connectTimeout=5&sslmode=disable";
        return DriverManager.getConnection(url, SUPERUSER, remembered.get(SUPERUSER_PASSWORD));
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

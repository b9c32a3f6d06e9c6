package io.largesse.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL server of a home. */
final class Postgres implements LocalServer {
    private static final Logger log = LoggerFactory.getLogger(Postgres.class);
    // crash recovery after a bulk load reads up to max_wal_size of log
    private static final Duration START = Duration.ofSeconds(100);
    private static final Duration FAST_STOP = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 20;

    private final Home home;
    private final PostgresCluster cluster;
    private final ServerLog serverLog;
    private volatile @Nullable ServerProcess process;

    Postgres(Home home) {
        this.home = home;
        this.cluster = new PostgresCluster(home);
        this.serverLog = new ServerLog(home.log("postgres"));
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public void start() throws StartException {
        try {
            var programs = PostgresPrograms.unpacked(home);
            cluster.ensureMade(programs);
            if (!adopt()) {
                run(programs);
            }
            cluster.ensureDatabase(home.postgres().port());
        } catch (IOException e) {
            throw new StartException(
                    "PostgreSQL's files in " + home.root() + " cannot be written (" + e
                            + "): make room on the disk or make them writable",
                    e);
        }
    }

    /** Takes over the server that an earlier services process left behind, if it is in order; stops it if it is not. */
    private boolean adopt() {
        var orphan = PostmasterFile.server(home).orElse(null);
        if (orphan == null) {
            return false;
        }
        Waiting.until(START, () -> isReady(orphan) || !orphan.alive());
        if (orphan.alive() && readyOnOurPort()) {
            log.info("Took over the PostgreSQL server {} that still ran", orphan.pid());
            process = orphan;
            return true;
        }
        stop(orphan);
        return false;
    }

    private boolean readyOnOurPort() {
        int port = home.postgres().port();
        return PostmasterFile.read(home)
                .filter(file -> file.ready() && file.port() == port)
                .isPresent();
    }

    private void run(PostgresPrograms programs) throws StartException, IOException {
        // no process of ours stands behind this file (adopt looked), but the server would believe it: a stranger may
        // have the number now. PostgreSQL itself still refuses if any old backend is attached to the directory.
        Files.deleteIfExists(home.postgresData().resolve("postmaster.pid"));
        for (int attempt = 1; ; attempt++) {
            int port = Ports.preferably(home.postgres().port());
            home.postgres().port(port);
            cluster.configure(port);
            long before = serverLog.size();
            var server = ServerProcess.spawn(
                    PostmasterFile.identity(home),
                    programs.command("postgres", "-D", home.postgresData().toString()),
                    home.root(),
                    serverLog.file());
            if (Waiting.until(START, () -> isReady(server) || !server.alive()) && isReady(server)) {
                process = server;
                log.info("PostgreSQL runs as {} on port {}", server.pid(), port);
                return;
            }
            stop(server);
            if (attempt == ATTEMPTS || !passes(serverLog.since(before), port)) {
                throw new StartException("PostgreSQL did not start (" + serverLog.complaints(before) + "): see "
                        + serverLog.file()
                        + "; if the data in " + home.postgresData() + " is damaged, bring back a copy, or move that"
                        + " directory away to begin with an empty database");
            }
            Waiting.until(Duration.ofMillis(250), () -> false);
        }
    }

    private boolean isReady(ServerProcess server) {
        return PostmasterFile.read(home)
                .filter(file -> file.pid() == server.pid() && file.ready())
                .isPresent();
    }

    /** The backends of a killed server take a moment to end; a port can be lost between the look and the use. */
    private static boolean passes(String said, int port) {
        return said.contains("shared memory block") || said.contains("Address already in use") || !Ports.isFree(port);
    }

    @Override
    public boolean alive() {
        var running = process;
        return running != null && running.alive();
    }

    @Override
    public void stop() {
        var running = process;
        if (running != null) {
            stop(running);
        }
        process = null;
    }

    /** Fast (sessions are ended, a checkpoint is written), then immediate (recovers at the next start), then by force. */
    private static void stop(ServerProcess server) {
        server.signal("INT");
        if (server.awaitExit(FAST_STOP)) {
            return;
        }
        log.warn("PostgreSQL {} does not stop; it is ended at once and will recover at its next start", server.pid());
        server.signal("QUIT");
        if (!server.awaitExit(Duration.ofSeconds(6))) {
            server.signal("KILL");
            server.awaitExit(Duration.ofSeconds(2));
        }
    }

    /** Stops the server of a home whose services process is gone. */
    static void stopOrphan(Home home) {
        PostmasterFile.server(home).ifPresent(Postgres::stop);
    }
}

package io.largesse.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Redis server of a home. */
final class Redis implements LocalServer {
    private static final Logger log = LoggerFactory.getLogger(Redis.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final String PASSWORD = "password";
    private static final int ATTEMPTS = 5;

    private final Home home;
    private final ServerLog serverLog;
    private volatile @Nullable ServerProcess process;

    Redis(Home home) {
        this.home = home;
        this.serverLog = new ServerLog(home.log("redis"));
    }

    static String password(Home home) {
        return home.redis().get(PASSWORD);
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public void start() throws StartException {
        try {
            PrivateFiles.directory(home.redisData());
            home.redis().secret(PASSWORD);
            if (!adopt()) {
                run(unpacked(home));
            }
        } catch (IOException e) {
            throw new StartException(
                    "Redis' files in " + home.root() + " cannot be written (" + e
                            + "): make room on the disk or make them writable",
                    e);
        }
    }

    /** Takes over the server that an earlier services process left behind: two of them would write the same file. */
    private boolean adopt() {
        var orphan = server(home).orElse(null);
        if (orphan == null) {
            return false;
        }
        if (isUp(orphan)) {
            log.info("Took over the Redis server {} that still ran", orphan.pid());
            process = orphan;
            return true;
        }
        stop(orphan);
        return false;
    }

    private void run(Path program) throws StartException, IOException {
        for (int attempt = 1; ; attempt++) {
            int port = Ports.preferably(home.redis().port());
            home.redis().port(port);
            configure(port);
            long before = serverLog.size();
            var server = ServerProcess.spawn(
                    identity(home),
                    List.of(program.toString(), home.redisConf().toString()),
                    home.root(),
                    serverLog.file());
            if (isUp(server)) {
                process = server;
                log.info("Redis runs as {} on port {}", server.pid(), port);
                return;
            }
            stop(server);
            if (attempt == ATTEMPTS || Ports.isFree(port)) {
                throw new StartException("Redis did not start (" + serverLog.complaints(before) + "): see "
                        + serverLog.file()
                        + "; if the data in " + home.redisData() + " is damaged, bring back a copy, or move that"
                        + " directory away to begin with empty pools");
            }
        }
    }

    private void configure(int port) throws IOException {
        PrivateFiles.write(home.redisConf(), """
                # written at every start
                bind %s
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                appendonly yes
                # before it answers; with everysec it answers before it writes whenever the last fsync takes long
                appendfsync always
                # a rewrite takes a processor for seconds; by default one comes each time the file has doubled
                auto-aof-rewrite-percentage 300
                auto-aof-rewrite-min-size 256mb
                save ""
                maxmemory-policy noeviction
                daemonize no
                set-proc-title no
                """.formatted(
                        Ports.LOOPBACK, port, password(home), home.redisData(), home.redisPid()));
    }

    /** Waits until the server answers: as long as it needs while it says that it reads its data. */
    private boolean isUp(ServerProcess server) {
        boolean decided;
        do {
            decided = Waiting.until(START, () -> isOurs() || !server.alive());
        } while (!decided && isLoading());
        return decided && server.alive();
    }

    private boolean isLoading() {
        try (var talk = new RedisTalk(home.redis().port(), password(home))) {
            return talk.ask("PING").isEmpty();
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("-LOADING");
        }
    }

    /** Whether our port is answered, with our password, by a server that writes to our directory and has loaded it. */
    private boolean isOurs() {
        try (var talk = new RedisTalk(home.redis().port(), password(home))) {
            return talk.ask("PING").equals("PONG") && talk.ask("CONFIG GET dir").equals("dir\n" + home.redisData());
        } catch (IOException e) {
            return false;
        }
    }

    /** The running server of that home, by what it answers, else by its pidfile; never a stranger with that process id. */
    static Optional<ServerProcess> server(Home home) {
        return ServerProcess.find(pidByAnswer(home), identity(home))
                .or(() -> ServerProcess.find(pidByFile(home), identity(home)));
    }

    private static long pidByAnswer(Home home) {
        var password = home.redis().find(PASSWORD);
        if (password == null || home.redis().port() == 0) {
            return -1;
        }
        try (var talk = new RedisTalk(home.redis().port(), password)) {
            return talk.ask("INFO server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .mapToLong(line -> Long.parseLong(line.substring(11).strip()))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private static long pidByFile(Home home) {
        try {
            return Long.parseLong(Files.readString(home.redisPid()).strip());
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private static ServerProcess.Identity identity(Home home) {
        return new ServerProcess.Identity("redis-server", home.redisConf().toString());
    }

    private static Path unpacked(Home home) throws StartException {
        var resource = "redis-server-7.0.15-" + Bundled.system() + "-" + (Bundled.onArm() ? "arm64" : "amd64");
        return Bundled.unpacked(home, "redis", resource, (directory, content) -> {
                    var program = directory.resolve("redis-server");
                    Files.copy(content, program);
                    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve("redis-server");
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

    private static void stop(ServerProcess server) {
        server.signal("TERM");
        if (!server.awaitExit(Duration.ofSeconds(10))) {
            server.signal("KILL");
            server.awaitExit(Duration.ofSeconds(2));
        }
    }

    /** Stops the server of a home whose services process is gone. */
    static void stopOrphan(Home home) {
        server(home).ifPresent(Redis::stop);
    }
}

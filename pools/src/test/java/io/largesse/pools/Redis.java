package io.largesse.pools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A Redis server of this test alone, with an append-only file, that can be killed and started again on its data. */
final class Redis implements AutoCloseable {

    /** Below the ports of outgoing connections, so that none of them gets it while the server is away. */
    private static final int LOWEST_PORT = 15_000;

    private static final int HIGHEST_PORT = 30_000;
    private static final int MOST_PORTS = 10;

    private final Path home;
    private final int port;
    private Process server;

    private Redis(Path home, int port) {
        this.home = home;
        this.port = port;
        this.server = launch();
    }

    static Redis start() {
        try {
            var home = Files.createTempDirectory("redis");
            var binary = "/redis-server-7.0.15-" + platform();
            try (var file = Redis.class.getResourceAsStream(binary)) {
                Files.copy(file, home.resolve("redis-server"));
            }
            home.resolve("redis-server").toFile().setExecutable(true);
            for (int tries = 1; ; tries++) {
                try {
                    return new Redis(home, ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT));
                } catch (UncheckedIOException e) {
                    if (tries == MOST_PORTS) { // whatever it is, it is not that somebody has the port
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** As a power cut would, except that what the kernel has is written. */
    void kill() {
        server.destroyForcibly();
        await(server);
    }

    void startAgain() {
        server = launch();
    }

    /** Stops answering, while the port stays open. */
    void freeze() throws Exception {
        new ProcessBuilder("kill", "-STOP", Long.toString(server.pid())).start().waitFor();
    }

    @Override
    public void close() {
        kill();
        for (var file : home.toFile().listFiles()) {
            file.delete();
        }
    }

    private Process launch() {
        try {
            var started = new ProcessBuilder(
                            home.resolve("redis-server").toString(),
                            "--bind 127.0.0.1",
                            "--port " + port,
                            "--dir " + home,
                            "--save ''",
                            "--appendonly yes",
                            // or a kill may lose what was answered while the disk was slow
                            "--appendfsync always",
                            "--maxmemory-policy noeviction",
                            "--enable-debug-command yes")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            awaitReady(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By what it says itself: at its port another may answer. */
    private void awaitReady(Process started) throws IOException {
        var log = home.resolve("log");
        while (!Files.readString(log).contains("Ready to accept connections")) {
            if (!started.isAlive()) {
                throw new IOException("Redis ended: " + Files.readString(log));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(Process ended) {
        try {
            ended.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String platform() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return os + "-" + arch;
    }
}

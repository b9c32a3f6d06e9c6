package io.largesse.pools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A Redis server of this test alone, with an append-only file, that can be killed and started again on its data. */
final class Redis implements AutoCloseable {

    private final Path home;
    private final int port;
    private Process server;

    private Redis(Path home, int port) {
        this.home = home;
        this.port = port;
        this.server = launch();
    }

    static Redis start() {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var home = Files.createTempDirectory("redis");
            var binary = "/redis-server-7.0.15-" + platform();
            try (var file = Redis.class.getResourceAsStream(binary)) {
                Files.copy(file, home.resolve("redis-server"));
            }
            home.resolve("redis-server").toFile().setExecutable(true);
            int port = free.getLocalPort();
            free.close();
            return new Redis(home, port);
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
                            "--maxmemory-policy noeviction",
                            "--enable-debug-command yes")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            awaitPort(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPort(Process started) throws IOException {
        while (true) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                // -LOADING while it reads its file
                if (socket.getInputStream().read() == '+') {
                    return;
                }
            } catch (java.net.ConnectException e) {
                if (!started.isAlive()) {
                    throw new IOException("Redis ended: " + Files.readString(home.resolve("log")), e);
                }
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

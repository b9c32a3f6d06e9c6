package io.largesse.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A store that misbehaves: it gives the nth request the nth answer (the last one for ever), byte by byte as written. */
final class Stub implements AutoCloseable {

    /** Nothing is read and nothing is said. */
    static final String SILENCE = "";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerSocket server;
    private final List<String> answers;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    Stub(String... answers) throws IOException {
        this.answers = List.of(answers);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var acceptor = new Thread(this::accept, "stub");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    static String answer(int status, String headers) {
        return "HTTP/1.1 " + status + " x\r\nConnection: close\r\n" + headers + "\r\n";
    }

    StoreSettings settings() {
        return Store.settings(Map.of("endpoint", endpoint()));
    }

    StoreSettings settings(String encryption) {
        return Store.settings(Map.of("endpoint", endpoint(), "encryption", encryption));
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The first lines of the requests, in small letters. */
    List<String> heads() {
        return heads;
    }

    int requests() {
        return requests.get();
    }

    /** How many there were, once there are so many: a client may give one up before it is counted here. */
    int requestsOnceThereAre(int atLeast) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (requests.get() < atLeast && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return requests.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                var answer = answers.get(Math.min(requests.getAndIncrement(), answers.size() - 1));
                if (!answer.equals(SILENCE)) {
                    readRequest(socket.getInputStream());
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    socket.close();
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** The head, and the little content that these tests send. */
    private void readRequest(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        var lower = head.toString().toLowerCase(Locale.ROOT);
        heads.add(lower);
        int at = lower.indexOf("content-length: ");
        if (at >= 0) {
            if (lower.contains("100-continue")) {
                return; // the answer comes instead of "go on"
            }
            in.readNBytes(Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at))));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}

package io.largesse.samples.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server, which can be cut for whoever comes this way alone. */
final class Forwarder implements AutoCloseable {

    private final ServerSocket listening;
    private final int to;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Forwarder(ServerSocket listening, int to) {
        this.listening = listening;
        this.to = to;
    }

    /** @param port of the server, on this machine */
    static Forwarder to(int port) {
        try {
            var forwarder = new Forwarder(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            daemon(forwarder::accept);
            return forwarder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Ends all connections; new ones end at once. */
    void cut() {
        cut = true;
        sockets.forEach(Forwarder::end);
    }

    void restore() {
        cut = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var from = listening.accept();
                if (cut) {
                    end(from);
                    continue;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), to);
                sockets.add(from);
                sockets.add(server);
                daemon(() -> copy(from, server));
                daemon(() -> copy(server, from));
            } catch (IOException e) {
                // closed, or the server is away
            }
        }
    }

    private void copy(Socket from, Socket server) {
        try (InputStream in = from.getInputStream();
                OutputStream out = server.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // cut
        } finally {
            end(from);
            end(server);
            sockets.remove(from);
            sockets.remove(server);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "forwarder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}

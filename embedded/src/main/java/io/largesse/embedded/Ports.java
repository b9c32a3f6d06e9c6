package io.largesse.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;

/** Ports on the loopback interface. */
final class Ports {
    static final String LOOPBACK = "127.0.0.1";
    // below the range from which systems take ports for outgoing connections: such a port stays ours between two runs
    private static final int FIRST = 21_000;
    private static final int COUNT = 11_000;
    private static final int ATTEMPTS = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ports() {}

    static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    static boolean isFree(int port) {
        try (var probe = new ServerSocket()) {
            probe.bind(address(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(address(port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The preferred port if nobody has it, else a free one. */
    static int preferably(int port) throws StartException {
        if (port != 0 && isFree(port)) {
            return port;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            int candidate = FIRST + RANDOM.nextInt(COUNT);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new StartException("no free port was found on " + LOOPBACK + " between " + FIRST + " and "
                + (FIRST + COUNT) + ": close programs that listen there, or check the system's limits");
    }
}

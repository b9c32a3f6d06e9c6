package io.largesse.samples.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The barest client that keeps many connections busy: one thread, one request at a time on each connection, requests
 * made before. It measures from when a request was due, so a server that falls behind does not make itself look fast.
 */
final class LoadLoop {

    private static final int BUFFER = 16 * 1024;

    /** What is asked, and how an answer is read. */
    interface Protocol {

        /** What a connection says first, answered by one line; empty if nothing. */
        default byte[] greeting() {
            return new byte[0];
        }

        /** @return the next request, from position to limit; null if there are no more */
        @Nullable
        ByteBuffer next(int number);

        /** @return the length of the answer that the buffer begins with, 0 if it is not all there yet */
        int length(ByteBuffer answer);

        /** @param answer from position to limit */
        void answered(int number, ByteBuffer answer, long nanos);

        /** A connection was lost over this request, or could not be made. */
        void lost(int number);
    }

    private final InetSocketAddress server;
    private final int connections;
    private final Protocol protocol;
    private final double perSecond;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private int asked;
    private int busy;
    private boolean over;

    /** @param perSecond how many requests become due; 0: as many as are answered */
    LoadLoop(InetSocketAddress server, int connections, double perSecond, Protocol protocol) {
        this.server = server;
        this.connections = connections;
        this.perSecond = perSecond;
        this.protocol = protocol;
    }

    /** @return how many nanoseconds it took, from the first request to the last answer */
    long run(long mostNanos) throws IOException {
        try (var selector = Selector.open()) {
            var all = new ArrayList<Connection>();
            for (int i = 0; i < connections; i++) {
                var connection = new Connection(selector);
                all.add(connection);
                idle.add(connection);
            }
            long began = System.nanoTime();
            while (!over || busy > 0) {
                long now = System.nanoTime();
                over |= now - began > mostNanos;
                send(began, now);
                selector.select(this::ready, waitMillis(began));
            }
            long nanos = System.nanoTime() - began;
            close(all);
            return nanos;
        }
    }

    private long waitMillis(long began) {
        if (perSecond == 0 || over) {
            return 1_000;
        }
        var due = began + (long) (asked / perSecond * TimeUnit.SECONDS.toNanos(1)) - System.nanoTime();
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(due));
    }

    private void send(long began, long now) {
        while (!over && !idle.isEmpty()) {
            long due = perSecond == 0 ? now : began + (long) (asked / perSecond * TimeUnit.SECONDS.toNanos(1));
            if (due > now) {
                return;
            }
            var request = protocol.next(asked);
            if (request == null) {
                over = true;
                return;
            }
            idle.removeFirst().ask(asked++, request, due);
        }
    }

    private void ready(SelectionKey key) {
        ((Connection) key.attachment()).ready(key);
    }

    private static void close(List<Connection> all) throws IOException {
        for (var connection : all) {
            connection.channel.close();
        }
    }

    private final class Connection {

        private final Selector selector;
        private final ByteBuffer answer = ByteBuffer.allocate(BUFFER);
        private SocketChannel channel;
        private int number;
        private long due;
        private boolean asking;
        private @Nullable ByteBuffer unsent;

        private Connection(Selector selector) throws IOException {
            this.selector = selector;
            this.channel = open();
        }

        private SocketChannel open() throws IOException {
            var opened = SocketChannel.open(server);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            greet(opened);
            opened.configureBlocking(false);
            opened.register(selector, SelectionKey.OP_READ, this);
            return opened;
        }

        private void greet(SocketChannel opened) throws IOException {
            var greeting = ByteBuffer.wrap(protocol.greeting());
            if (greeting.hasRemaining()) {
                opened.write(greeting);
                var one = ByteBuffer.allocate(1);
                while (opened.read(one) == 1 && one.get(0) != '\n') {
                    one.clear();
                }
            }
        }

        private void ask(int asks, ByteBuffer request, long at) {
            number = asks;
            due = at;
            asking = true;
            busy++;
            try {
                if (!channel.isOpen()) {
                    channel = open();
                }
                channel.write(request);
                if (request.hasRemaining()) {
                    unsent = request;
                    java.util.Objects.requireNonNull(channel.keyFor(selector))
                            .interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                }
            } catch (IOException e) {
                lose();
            }
        }

        private void ready(SelectionKey key) {
            try {
                if (key.isWritable() && unsent != null) {
                    channel.write(unsent);
                    if (!unsent.hasRemaining()) {
                        unsent = null;
                        key.interestOps(SelectionKey.OP_READ);
                    }
                }
                if (key.isReadable() && channel.read(answer) < 0) {
                    lose();
                    return;
                }
            } catch (IOException e) {
                lose();
                return;
            }
            answer.flip();
            int length = protocol.length(answer);
            if (length > 0) {
                answer.limit(length);
                protocol.answered(number, answer, System.nanoTime() - due);
                answer.clear();
                free();
            } else {
                answer.compact();
            }
        }

        private void lose() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            answer.clear();
            unsent = null;
            if (asking) { // else the server has closed what was idle
                protocol.lost(number);
                free();
            }
        }

        private void free() {
            asking = false;
            busy--;
            idle.addLast(this);
        }
    }
}

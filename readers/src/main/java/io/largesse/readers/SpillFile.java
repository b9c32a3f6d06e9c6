package io.largesse.readers;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes in a temporary file, appended and then read anywhere. Reads go through a small cache of pages: strings are
 * mostly asked for in the order in which they were written. A failing disk is no fault of the list, hence unchecked.
 */
final class SpillFile implements Closeable {

    private static final int PAGE = 16 * 1024;
    private static final int PAGES = 64;

    private final FileChannel channel;
    private final ByteBuffer pending = ByteBuffer.allocate(256 * 1024);
    private final byte[][] pages = new byte[PAGES][PAGE];
    private final long[] cached = new long[PAGES];

    private SpillFile(FileChannel channel) {
        this.channel = channel;
        java.util.Arrays.fill(cached, -1);
    }

    static SpillFile in(Path directory) {
        try {
            var file = Files.createTempFile(directory, "largesse-strings", ".tmp");
            return new SpillFile(FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(byte[] bytes, int size) {
        for (var done = 0; done < size; ) {
            if (!pending.hasRemaining()) {
                flush();
            }
            var n = Math.min(size - done, pending.remaining());
            pending.put(bytes, done, n);
            done += n;
        }
    }

    void read(long start, byte[] target, int size) {
        flush();
        for (var done = 0; done < size; ) {
            var page = (start + done) / PAGE;
            var at = (int) ((start + done) % PAGE);
            var n = Math.min(size - done, PAGE - at);
            System.arraycopy(page(page), at, target, done, n);
            done += n;
        }
    }

    private byte[] page(long page) {
        var slot = (int) (page % PAGES);
        if (cached[slot] != page) {
            try {
                var buffer = ByteBuffer.wrap(pages[slot]);
                while (buffer.hasRemaining() && channel.read(buffer, page * PAGE + buffer.position()) > 0) {}
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            cached[slot] = page;
        }
        return pages[slot];
    }

    private void flush() {
        if (pending.position() > 0) {
            pending.flip();
            try {
                while (pending.hasRemaining()) {
                    channel.write(pending);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            pending.clear();
            java.util.Arrays.fill(cached, -1);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.largesse.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A part of a file as the content of a request; a retry reads it again. Holds no more than a buffer of it. */
record FileRange(Path file, long offset, long length) implements ContentStreamProvider {

    RequestBody body() {
        return RequestBody.fromContentProvider(this, length, "application/octet-stream");
    }

    @Override
    public InputStream newStream() {
        try {
            var channel = FileChannel.open(file, StandardOpenOption.READ).position(offset);
            return new BufferedInputStream(new Bounded(channel, length), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Bounded extends InputStream {

        private final FileChannel channel;
        private long left;

        private Bounded(FileChannel channel, long length) {
            this.channel = channel;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, left)));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

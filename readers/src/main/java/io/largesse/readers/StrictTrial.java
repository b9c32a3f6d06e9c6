package io.largesse.readers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One strict pass over a file in one character set, about 0.1 s a 100 MB.
 *
 * @param position of the first byte that does not decode
 * @param continuationBytes bytes beyond one a character before it
 */
record StrictTrial(boolean passed, long position, long continuationBytes) {

    static StrictTrial of(TextEncoding encoding, Path file, Origin origin) throws IOException {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(encoding.mark());
            return new Pass(encoding, origin).over(in);
        }
    }

    /** The line of the first byte that does not decode, from 1. */
    long line(Path file, TextEncoding encoding) throws IOException {
        var lines = 1L;
        try (var in = Files.newInputStream(file);
                var text = encoding.open(new FirstBytes(in, position))) {
            var buffer = new char[8192];
            for (int n; (n = text.read(buffer)) > 0; ) {
                for (var i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }

    private static final class Pass {

        private final ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        private final CharBuffer chars = CharBuffer.allocate(64 * 1024);
        private final java.nio.charset.CharsetDecoder decoder;
        private final Origin origin;
        private long consumed;
        private long produced;
        private long sinceLineEnd;

        Pass(TextEncoding encoding, Origin origin) {
            decoder = encoding.charset().newDecoder();
            this.origin = origin;
            consumed = encoding.mark();
            produced = encoding.mark();
        }

        StrictTrial over(InputStream in) throws IOException {
            for (var end = false; !end; ) {
                var n = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = n < 0;
                bytes.position(bytes.position() + Math.max(0, n)).flip();
                if (!decode(end)) {
                    return new StrictTrial(false, consumed, consumed - produced);
                }
                bytes.compact();
            }
            return new StrictTrial(true, consumed, consumed - produced);
        }

        private boolean decode(boolean end) {
            CoderResult result;
            do {
                var from = bytes.position();
                result = decoder.decode(bytes, chars, end);
                consumed += bytes.position() - from;
                produced += chars.position();
                checkText();
                chars.clear();
            } while (result.isOverflow());
            return !result.isError();
        }

        /** A list has lines; a file without them is refused here rather than after a gigabyte. */
        private void checkText() {
            var last = chars.position() - 1;
            var i = last;
            while (i >= 0 && chars.get(i) != '\n' && chars.get(i) != '\r') {
                i--;
            }
            sinceLineEnd = i < 0 ? sinceLineEnd + chars.position() : last - i;
            if (sinceLineEnd > TextSource.LONGEST_RECORD) {
                throw origin.refusal("readers.text.no-lines");
            }
        }
    }

    /** Only the bytes before a position, so that counting lines stops where decoding did. */
    private static final class FirstBytes extends java.io.FilterInputStream {

        private long left;

        FirstBytes(InputStream in, long count) {
            super(in);
            left = count;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            var n = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, n);
            return n;
        }
    }
}

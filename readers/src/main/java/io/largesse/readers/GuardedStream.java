package io.largesse.readers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacked XML, guarded against bombs: against too much of it, and against a run without a tag, which a parser would
 * have to keep in memory.
 */
final class GuardedStream extends FilterInputStream {

    /** A cell has at most 32,767 characters; escaped at its worst that makes a quarter of this. */
    private static final int LONGEST_RUN = 1 << 20;

    private final long bound;
    private final Origin origin;
    private long count;
    private long run;

    GuardedStream(InputStream in, long bound, Origin origin) {
        super(in);
        this.bound = bound;
        this.origin = origin;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var n = super.read(buffer, offset, length);
        if (n > 0) {
            count += n;
            var last = offset + n - 1;
            while (last >= offset && buffer[last] != '<') {
                last--;
            }
            run = last < offset ? run + n : offset + n - 1 - last;
            if (count > bound || run > LONGEST_RUN) {
                throw origin.refusal("readers.file.bomb");
            }
        }
        return n;
    }
}

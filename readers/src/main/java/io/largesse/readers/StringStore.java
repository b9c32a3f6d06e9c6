package io.largesse.readers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strings by number, appended and then read. They are kept as UTF-8 behind one another, with four bytes each for where
 * they end: 14 MB for a million ids of ten characters. What goes beyond 64 MB of text is kept in a temporary file.
 */
final class StringStore implements Closeable {

    static final int IN_MEMORY = 64 << 20;

    /** 128 MB of ends; a workbook of a million rows reaches that with 32 columns of nothing but different strings. */
    static final int MOST = 32 << 20;

    /** Small enough for G1 not to give each chunk regions of its own, which would double the memory. */
    private static final int CHUNK = 1 << 18;

    private static final int ENDS = 1 << 16;

    private final Path tempDir;
    private final int inMemory;
    private final List<byte[]> chunks = new ArrayList<>();
    private final List<int[]> ends = new ArrayList<>();
    private byte[] scratch = new byte[4 * Cut.READ];
    private @Nullable SpillFile spill;
    private long length;
    private long kept;
    private int count;

    StringStore(Path tempDir, int inMemory) {
        this.tempDir = tempDir;
        this.inMemory = inMemory;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == MOST;
    }

    void add(CellText text) throws IOException {
        add(text.chars(), text.length());
    }

    void add(String text) throws IOException {
        add(text.toCharArray(), text.length());
    }

    private void add(char[] chars, int n) throws IOException {
        var size = encoded(chars, n);
        if (spill == null && length + size > inMemory) {
            spill = SpillFile.in(tempDir);
            kept = length;
        }
        if (spill != null) {
            spill.append(scratch, size);
        } else {
            keep(size);
        }
        length += size;
        if (count % ENDS == 0) {
            ends.add(new int[ENDS]);
        }
        ends.get(count / ENDS)[count % ENDS] = (int) length; // unsigned: the text is bounded by its part's 4 GB
        count++;
    }

    private int encoded(char[] chars, int n) {
        for (var i = 0; i < n; i++) {
            if (chars[i] >= 0x80) {
                var bytes = new String(chars, 0, n).getBytes(StandardCharsets.UTF_8);
                scratch = bytes.length > scratch.length ? Arrays.copyOf(bytes, bytes.length) : scratch;
                System.arraycopy(bytes, 0, scratch, 0, bytes.length);
                return bytes.length;
            }
            scratch[i] = (byte) chars[i];
        }
        return n;
    }

    private void keep(int size) {
        for (var done = 0; done < size; ) {
            var at = (int) ((length + done) % CHUNK);
            if (at == 0) {
                chunks.add(new byte[CHUNK]);
            }
            var n = Math.min(size - done, CHUNK - at);
            System.arraycopy(scratch, done, chunks.get(chunks.size() - 1), at, n);
            done += n;
        }
    }

    /** @param index from 0, below {@link #count()} */
    String get(int index) throws IOException {
        var start = index == 0 ? 0 : end(index - 1);
        var size = (int) (end(index) - start);
        var at = (int) (start % CHUNK);
        if (spill != null && start >= kept) {
            spill.read(start - kept, scratch, size);
        } else if (at + size <= CHUNK) {
            return size == 0 ? "" : new String(chunks.get((int) (start / CHUNK)), at, size, StandardCharsets.UTF_8);
        } else {
            gather(start, size);
        }
        return new String(scratch, 0, size, StandardCharsets.UTF_8);
    }

    private void gather(long start, int size) {
        for (var done = 0; done < size; ) {
            var at = (int) ((start + done) % CHUNK);
            var n = Math.min(size - done, CHUNK - at);
            System.arraycopy(chunks.get((int) ((start + done) / CHUNK)), at, scratch, done, n);
            done += n;
        }
    }

    private long end(int index) {
        return Integer.toUnsignedLong(ends.get(index / ENDS)[index % ENDS]);
    }

    @Override
    public void close() throws IOException {
        if (spill != null) {
            spill.close();
        }
    }
}

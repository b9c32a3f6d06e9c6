package io.largesse.writers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Collects the bytes of a COPY and hands them on in pieces of up to 64 KB, one CopyData message each. */
final class CopyBuffer {

    private static final int SIZE = 1 << 16;

    private final Sink sink;
    private final byte[] bytes = new byte[SIZE];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes); // big-endian, as PostgreSQL wants it

    CopyBuffer(Sink sink) {
        this.sink = sink;
    }

    @FunctionalInterface
    interface Sink {
        void write(byte[] bytes, int offset, int length) throws SQLException;
    }

    void int1(int value) throws SQLException {
        room(1).put((byte) value);
    }

    void int2(short value) throws SQLException {
        room(Short.BYTES).putShort(value);
    }

    void int4(int value) throws SQLException {
        room(Integer.BYTES).putInt(value);
    }

    void int8(long value) throws SQLException {
        room(Long.BYTES).putLong(value);
    }

    /** @param length the text's bytes in UTF-8; if they are as many as its characters, all of them are ASCII */
    @SuppressWarnings("deprecation") // String.getBytes(int, …) takes the low bytes, which for ASCII is the encoding
    void text(String text, int length) throws SQLException {
        if (length == text.length() && length <= SIZE) {
            int start = room(length).position();
            text.getBytes(0, length, bytes, start);
            buffer.position(start + length);
        } else {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void bytes(byte[] values) throws SQLException {
        int written = 0;
        while (written < values.length) {
            int piece = Math.min(values.length - written, room(1).remaining());
            buffer.put(values, written, piece);
            written += piece;
        }
    }

    void flush() throws SQLException {
        sink.write(bytes, 0, buffer.position());
        buffer.clear();
    }

    private ByteBuffer room(int size) throws SQLException {
        if (buffer.remaining() < size) {
            flush();
        }
        return buffer;
    }
}

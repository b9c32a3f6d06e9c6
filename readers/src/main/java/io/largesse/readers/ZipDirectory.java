package io.largesse.readers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Looks at the end of a zip before the JDK reads its directory into the heap as a whole. */
final class ZipDirectory {

    private static final int END_RECORD = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int SIGNATURE = 0x06054b50;

    /** A workbook has tens of parts of some 100 bytes; thousands of pictures would still fit. */
    private static final long LARGEST = 16L << 20;

    private ZipDirectory() {}

    static void check(Path file, Origin origin) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var length = (int) Math.min(in.length(), END_RECORD + LONGEST_COMMENT);
            var tail = new byte[length];
            in.seek(in.length() - length);
            in.readFully(tail);
            var buffer = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            for (var at = length - END_RECORD; at >= 0; at--) {
                if (buffer.getInt(at) == SIGNATURE) {
                    checkSize(Integer.toUnsignedLong(buffer.getInt(at + 12)), origin);
                    return;
                }
            }
        }
        throw origin.damaged(null);
    }

    /** Zip64 marks a size as kept elsewhere by all ones; no workbook has a directory that needs it, but writers do it. */
    private static void checkSize(long size, Origin origin) {
        if (size > LARGEST && size != 0xFFFF_FFFFL) {
            throw origin.refusal("readers.file.bomb");
        }
    }
}

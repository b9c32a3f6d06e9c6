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
    private static final long ELSEWHERE = 0xFFFF_FFFFL;
    private static final int ZIP64_LOCATOR = 20;
    private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064b50;

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
                    if (size(in, buffer, at) > LARGEST) {
                        throw origin.refusal("readers.file.bomb");
                    }
                    return;
                }
            }
        }
        throw origin.damaged(null);
    }

    private static long size(RandomAccessFile in, ByteBuffer tail, int at) throws IOException {
        var size = Integer.toUnsignedLong(tail.getInt(at + 12));
        var locator = at - ZIP64_LOCATOR;
        if (size != ELSEWHERE || locator < 0 || tail.getInt(locator) != ZIP64_LOCATOR_SIGNATURE) {
            return size;
        }
        in.seek(tail.getLong(locator + 8) + 40);
        return Long.reverseBytes(in.readLong()) & Long.MAX_VALUE;
    }
}

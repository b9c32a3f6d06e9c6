package io.largesse.readers;

import java.io.IOException;
import java.io.InputStream;

/**
 * Looks at the table of shared strings of an {@code .xls} before POI makes an object of each: 12 million strings of one
 * character, a file of 48 MB, filled a heap of 512 MB. POI reads no more of them than the table says it has.
 */
final class XlsStringTable {

    /** 65,536 rows of 15 different texts have fewer. */
    private static final int MOST_STRINGS = 1_000_000;

    private static final int END = 0x000A;
    private static final int PASSWORD = 0x002F;
    private static final int STRINGS = 0x00FC;
    private static final int COUNTS = 8;

    private XlsStringTable() {}

    /** @param records of the workbook, from the first one on */
    static void check(InputStream records, Origin origin) throws IOException {
        for (var kind = number(records, 2); kind >= 0 && kind != END && kind != PASSWORD; kind = number(records, 2)) {
            var length = number(records, 2);
            if (kind == STRINGS && length >= COUNTS) {
                number(records, 4); // how often they are used
                var strings = number(records, 4);
                if (strings < 0 || strings > MOST_STRINGS) {
                    throw origin.refusal("readers.file.bomb");
                }
                length -= COUNTS;
            }
            records.skipNBytes(Math.max(0, length));
        }
    }

    /** Little-endian; -1 at the end of the stream. */
    private static long number(InputStream in, int bytes) throws IOException {
        var read = in.readNBytes(bytes);
        if (read.length < bytes) {
            return -1;
        }
        var number = 0L;
        for (var i = bytes - 1; i >= 0; i--) {
            number = number << 8 | read[i] & 0xFF;
        }
        return number;
    }
}

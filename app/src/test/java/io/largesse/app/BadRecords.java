package io.largesse.app;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The records of an xls that nobody's spreadsheet program wrote. */
final class BadRecords {

    private static final int BOF = 0x0809;
    private static final int EOF = 0x000A;
    private static final int STRINGS = 0x00FC;

    private BadRecords() {}

    /** A table that claims two thousand million strings and has none of them. */
    static byte[] manyStrings() {
        var records = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        record(records, BOF, 16)
                .putShort((short) 0x0600)
                .putShort((short) 5)
                .putInt(0)
                .putLong(0);
        record(records, STRINGS, 8).putInt(Integer.MAX_VALUE).putInt(Integer.MAX_VALUE);
        record(records, EOF, 0);
        return records.array();
    }

    private static ByteBuffer record(ByteBuffer records, int kind, int length) {
        return records.putShort((short) kind).putShort((short) length);
    }
}

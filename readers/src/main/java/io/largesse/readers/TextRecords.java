package io.largesse.readers;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;

/** Takes the fields of a record straight into a row. */
final class TextRecords extends AbstractBaseCsvCallbackHandler<RawRow> {

    private final Origin origin;
    private RawRow row = new RawRow();
    private long line;
    private long length;

    TextRecords(Origin origin) {
        this.origin = origin;
    }

    void fill(RawRow target) {
        row = target;
    }

    /** Where the record at hand starts, from 1. */
    long line() {
        return line;
    }

    @Override
    protected void handleBegin(long startingLine) {
        line = startingLine;
        length = 0;
        row.begin((int) Math.min(Integer.MAX_VALUE, startingLine));
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int count, boolean quoted) {
        length += count + 1L;
        if (length > TextSource.LONGEST_RECORD) {
            throw origin.refusal("readers.text.record", line);
        }
        if (row.wants(column)) {
            row.set(column, CellKind.TEXT, new String(buffer, offset, Math.min(count, Cut.READ)));
        } else if (!Blank.is(java.nio.CharBuffer.wrap(buffer, offset, count))) {
            row.more();
        }
    }

    @Override
    protected RawRow buildRecord() {
        return row;
    }
}

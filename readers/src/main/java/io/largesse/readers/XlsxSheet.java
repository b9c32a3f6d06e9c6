package io.largesse.readers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** The rows of a sheet's XML, one at a time. */
final class XlsxSheet implements Closeable {

    private static final int MOST_ROWS = 1_048_576;
    private static final int MOST_COLUMNS = 16_384;

    /** What the cells refer to. */
    record Parts(XlsxStyles styles, SharedStrings strings, boolean dates1904) {}

    private final InputStream bytes;
    private final Xml xml;
    private final Origin origin;
    private final XlsxCell cell;
    private int number;
    private boolean ended;

    XlsxSheet(InputStream bytes, Origin origin, Parts parts) throws XMLStreamException {
        this.bytes = bytes;
        this.origin = origin;
        xml = new Xml(bytes, origin);
        cell = new XlsxCell(xml, parts);
    }

    long bytesRead() {
        return bytes instanceof GuardedStream guarded ? guarded.count() : 0;
    }

    boolean next(RawRow row) throws IOException, XMLStreamException {
        while (!ended) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (xml.is("row")) {
                        read(row);
                        return true;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> ended = xml.is("sheetData");
                case XMLStreamConstants.END_DOCUMENT -> ended = true;
                default -> {}
            }
        }
        return false;
    }

    private void read(RawRow row) throws IOException, XMLStreamException {
        var next = number(xml);
        if (next > MOST_ROWS) {
            throw origin.refusal("readers.sheet.rows");
        }
        if (next <= number) {
            throw origin.damaged(
                    null); // a row's number names it in rejects and at a restart, so it must not come twice
        }
        number = next;
        row.begin(number);
        var outside = xml.depth() - 1;
        var column = -1;
        while (xml.depth() > outside) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.is("c")) {
                column = cell.begin(column + 1);
                if (column >= MOST_COLUMNS) {
                    throw origin.refusal("readers.sheet.rows");
                }
                cell.readInto(row, column);
            }
        }
    }

    /** Rows need not say their number; it is then one more than the last. */
    private int number(Xml row) {
        var r = row.attribute("r");
        if (r == null) {
            return number + 1;
        }
        var value = 0L;
        for (var i = 0; i < r.length(); i++) {
            var digit = r.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 9) {
                throw origin.damaged(null);
            }
            value = value * 10 + digit;
        }
        if (value < 1 || value > MOST_ROWS) {
            throw origin.refusal("readers.sheet.rows");
        }
        return (int) value;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}

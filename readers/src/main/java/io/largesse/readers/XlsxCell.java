package io.largesse.readers;

import java.io.IOException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Reads one {@code c} element after another into rows; whatever is gathered is reused. */
final class XlsxCell {

    private final Xml xml;
    private final XlsxSheet.Parts parts;
    private final CellText text = new CellText();
    private String type = "";
    private int style;
    private boolean formula;

    XlsxCell(Xml xml, XlsxSheet.Parts parts) {
        this.xml = xml;
        this.parts = parts;
    }

    /** Reads the attributes; the column is the one given unless the cell says where it is. */
    int begin(int next) {
        var column = next;
        type = "n";
        style = -1;
        for (var i = 0; i < xml.attributes(); i++) {
            switch (xml.attributeName(i)) {
                case "r" -> column = column(xml.attribute(i), next);
                case "t" -> type = xml.attribute(i);
                case "s" -> style = index(xml.attribute(i));
                default -> {}
            }
        }
        return column;
    }

    private static int column(String reference, int otherwise) {
        var column = 0;
        for (var i = 0; i < reference.length() && i < 4; i++) {
            var letter = reference.charAt(i) - 'A';
            if (letter < 0 || letter > 25) {
                break;
            }
            column = column * 26 + letter + 1;
        }
        return column == 0 ? otherwise : column - 1;
    }

    private static int index(String digits) {
        var value = 0;
        for (var i = 0; i < digits.length() && i < 6; i++) {
            value = value * 10 + (digits.charAt(i) - '0');
        }
        return value;
    }

    void readInto(RawRow row, int column) throws IOException, XMLStreamException {
        text.clear();
        formula = false;
        var outside = xml.depth() - 1;
        var inValue = false;
        while (xml.depth() > outside) {
            var event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                inValue = xml.is("v");
                if (xml.is("is")) {
                    SharedStrings.RichText.read(xml, text);
                } else {
                    formula |= xml.is("f");
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                inValue = false;
            } else if (inValue && Xml.isText(event)) {
                xml.textTo(text);
            }
        }
        if (formula || !text.isEmpty()) {
            put(row, column);
        }
    }

    private void put(RawRow row, int column) throws IOException, XMLStreamException {
        if (!row.wants(column)) {
            row.more();
        } else if (formula && type.equals("str") && Blank.is(text.toString())) {
            return; // a formula that came out as nothing; without a result it would be unknown, and no blank
        } else if (formula) {
            row.set(column, CellKind.FORMULA, type.equals("s") ? shared() : text.unescaped());
        } else {
            putValue(row, column);
        }
    }

    private void putValue(RawRow row, int column) throws IOException, XMLStreamException {
        switch (type) {
            case "s" -> row.set(column, CellKind.TEXT, shared());
            case "n" -> putNumber(row, column);
            case "b" -> row.set(column, CellKind.BOOLEAN, text.toString().equals("0") ? "FALSE" : "TRUE");
            case "e" -> row.set(column, CellKind.ERROR, text.toString());
            case "d" -> row.set(column, CellKind.DATE, text.toString());
            default -> row.set(column, CellKind.TEXT, text.unescaped());
        }
    }

    private void putNumber(RawRow row, int column) {
        var numberStyle = style < 0 ? NumberStyle.PLAIN : parts.styles().style(style);
        if (text.isPlainWhole() && !numberStyle.date()) {
            row.set(column, CellKind.WHOLE, NumberCell.padded(text.toString(), numberStyle.zeros()));
        } else {
            NumberCell.put(row, column, text.toString(), numberStyle, parts.dates1904());
        }
    }

    private String shared() throws IOException, XMLStreamException {
        return parts.strings().get(text.asIndex());
    }
}

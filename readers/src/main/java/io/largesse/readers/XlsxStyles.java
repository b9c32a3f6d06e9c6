package io.largesse.readers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** What the cell styles of a workbook say about numbers. */
final class XlsxStyles {

    /** Excel stops at 65,490. */
    private static final int MOST_STYLES = 100_000;

    private final List<NumberStyle> styles;

    private XlsxStyles(List<NumberStyle> styles) {
        this.styles = styles;
    }

    static XlsxStyles of(ZipContent zip, @Nullable String part, Origin origin) throws IOException, XMLStreamException {
        var styles = new ArrayList<NumberStyle>();
        if (part == null) {
            return new XlsxStyles(styles);
        }
        var codes = new HashMap<Integer, String>();
        try (var in = zip.small(part)) {
            var inCells = false;
            for (var xml = new Xml(in, origin); xml.nextStart(); ) {
                if (xml.depth() == 2) {
                    inCells = xml.is("cellXfs");
                } else if (xml.is("numFmt") && xml.depth() == 3) {
                    codes.put(number(xml.attribute("numFmtId")), String.valueOf(xml.attribute("formatCode")));
                } else if (inCells && xml.is("xf") && styles.size() < MOST_STYLES) {
                    var id = number(xml.attribute("numFmtId"));
                    styles.add(NumberStyle.of(id, codes.get(id)));
                }
            }
        }
        return new XlsxStyles(styles);
    }

    NumberStyle style(int index) {
        return index >= 0 && index < styles.size() ? styles.get(index) : NumberStyle.PLAIN;
    }

    private static int number(@Nullable String attribute) {
        return attribute != null && attribute.matches("[0-9]{1,9}") ? Integer.parseInt(attribute) : 0;
    }
}

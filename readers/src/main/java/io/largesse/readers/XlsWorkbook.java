package io.largesse.readers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FilePassRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.SSTRecord;
import org.jspecify.annotations.Nullable;

/** What stands before the sheets of an {@code .xls}. */
final class XlsWorkbook {

    private final List<SheetEntry<Integer>> sheets = new ArrayList<>();
    private final Map<Integer, String> formats = new HashMap<>();
    private final List<Integer> formatOfStyle = new ArrayList<>();
    private final Map<Integer, NumberStyle> styles = new HashMap<>();
    private @Nullable SSTRecord strings;
    private boolean dates1904;

    private XlsWorkbook() {}

    static XlsWorkbook of(XlsFile file, Origin origin) throws IOException {
        file.checkStrings(origin);
        var workbook = new XlsWorkbook();
        try {
            var records = file.records(0);
            for (var record = records.nextRecord(); !(record instanceof EOFRecord); record = records.nextRecord()) {
                if (record == null) {
                    throw origin.damaged(null);
                }
                if (record instanceof FilePassRecord) {
                    throw origin.refusal("readers.file.password");
                }
                workbook.take(record);
            }
        } catch (EncryptedDocumentException e) {
            throw origin.refusal("readers.file.password");
        }
        return workbook;
    }

    private void take(Record record) {
        if (record instanceof BoundSheetRecord sheet) {
            var visible = !sheet.isHidden() && !sheet.isVeryHidden();
            if (sheets.size() < XlsxWorkbook.MOST_SHEETS) {
                sheets.add(new SheetEntry<>(sheet.getSheetname(), visible, sheet.getPositionOfBof()));
            }
        } else if (record instanceof FormatRecord format) {
            formats.put(format.getIndexCode(), format.getFormatString());
        } else if (record instanceof ExtendedFormatRecord style) {
            formatOfStyle.add(style.getFormatIndex() & 0xFFFF);
        } else if (record instanceof SSTRecord shared) {
            strings = complete(shared);
        } else if (record instanceof DateWindow1904Record window) {
            dates1904 = window.getWindowing() == 1;
        }
    }

    /** Where strings are missing, POI makes up empty ones; a whole table has one of them at most. */
    private static SSTRecord complete(SSTRecord table) {
        var empty = 0;
        for (var i = 0; i < table.getNumUniqueStrings() && empty < 2; i++) {
            empty += table.getString(i).getCharCount() == 0 ? 1 : 0;
        }
        if (empty > 1) {
            throw new IllegalStateException("strings are missing");
        }
        return table;
    }

    List<SheetEntry<Integer>> sheets() {
        return sheets;
    }

    boolean dates1904() {
        return dates1904;
    }

    String string(int index) {
        var text = strings == null ? null : strings.getString(index);
        if (text == null) {
            throw new IllegalStateException("no shared string " + index);
        }
        return Storable.whole(text.getString());
    }

    NumberStyle style(int index) {
        return styles.computeIfAbsent(index, i -> {
            var format = i < formatOfStyle.size() ? formatOfStyle.get(i) : 0;
            return NumberStyle.of(format, formats.get(format));
        });
    }
}

package io.largesse.readers;

import java.io.IOException;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BlankRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet's records, one at a time. */
final class XlsSheet {

    private final RecordFactoryInputStream records;
    private final XlsWorkbook workbook;
    private final Origin origin;
    private @Nullable CellValueRecordInterface ahead;
    private int depth;
    private int last = -1;
    private int formulaColumn = -1;

    XlsSheet(RecordFactoryInputStream records, XlsWorkbook workbook, Origin origin) throws IOException {
        this.records = records;
        this.workbook = workbook;
        this.origin = origin;
        if (!(records.nextRecord() instanceof BOFRecord)) {
            throw origin.damaged(null);
        }
        depth = 1;
    }

    boolean next(RawRow row) {
        var cell = ahead == null ? nextCell(row) : ahead;
        ahead = null;
        if (cell == null) {
            return false;
        }
        if (cell.getRow() <= last) {
            throw origin.damaged(null); // rows out of order; no writer that is known does that
        }
        last = cell.getRow();
        row.begin(last + 1);
        for (; cell != null; cell = nextCell(row)) {
            if (cell.getRow() != last) {
                ahead = cell;
                break;
            }
            put(row, cell);
        }
        return true;
    }

    /** The next record that is a cell; the text of a formula, which follows it as a record, goes to its row. */
    private @Nullable CellValueRecordInterface nextCell(RawRow row) {
        while (depth > 0) {
            Record record = records.nextRecord();
            if (record == null) {
                throw origin.damaged(null);
            }
            if (record instanceof BOFRecord) {
                depth++; // a chart within the sheet
            } else if (record instanceof EOFRecord) {
                depth--;
            } else if (record instanceof StringRecord text && formulaColumn >= 0) {
                row.set(formulaColumn, CellKind.FORMULA, Storable.whole(text.getString()));
                formulaColumn = -1;
            } else if (depth == 1
                    && record instanceof CellValueRecordInterface cell
                    && !(record instanceof BlankRecord)) {
                return cell;
            }
        }
        return null;
    }

    private void put(RawRow row, CellValueRecordInterface cell) {
        var column = cell.getColumn() & 0xFFFF;
        formulaColumn = -1;
        if (cell instanceof LabelSSTRecord label) {
            row.set(column, CellKind.TEXT, workbook.string(label.getSSTIndex()));
        } else if (cell instanceof LabelRecord label) {
            row.set(column, CellKind.TEXT, Storable.whole(label.getValue()));
        } else if (cell instanceof NumberRecord number) {
            var style = workbook.style(cell.getXFIndex() & 0xFFFF);
            NumberCell.put(row, column, Double.toString(number.getValue()), style, workbook.dates1904());
        } else if (cell instanceof BoolErrRecord value) {
            putFlag(row, column, value);
        } else if (cell instanceof FormulaRecord formula) {
            putFormula(row, column, formula);
        }
    }

    private void putFormula(RawRow row, int column, FormulaRecord formula) {
        if (formula.hasCachedResultString()) {
            row.set(column, CellKind.FORMULA, "="); // until the record with its text comes
            formulaColumn = column;
        } else if (formula.getCachedResultTypeEnum() != CellType.STRING) { // a string without a record is empty
            row.set(column, CellKind.FORMULA, plain(formula.getValue()));
        }
    }

    private static void putFlag(RawRow row, int column, BoolErrRecord value) {
        if (value.isBoolean()) {
            row.set(column, CellKind.BOOLEAN, value.getBooleanValue() ? "TRUE" : "FALSE");
        } else {
            row.set(
                    column,
                    CellKind.ERROR,
                    FormulaError.forInt(value.getErrorValue()).getString());
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}

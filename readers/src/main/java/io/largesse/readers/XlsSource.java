package io.largesse.readers;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One sheet of an {@code .xls}. */
final class XlsSource implements RowSource {

    private static final double MOST_ROWS = 65_536;

    private final XlsFile file;
    private final Origin origin;
    private final XlsSheet sheet;
    private int number;

    private XlsSource(XlsFile file, Origin origin, XlsSheet sheet) {
        this.file = file;
        this.origin = origin;
        this.sheet = sheet;
    }

    static XlsSource open(Path path, Origin origin, @Nullable String wanted) throws IOException {
        var file = XlsFile.open(path, origin);
        try {
            var workbook = XlsWorkbook.of(file, origin);
            var chosen = SheetChoice.of(workbook.sheets(), wanted, origin, s -> {
                var row = new RawRow();
                var sheet = new XlsSheet(file.records(s.at()), workbook, origin.in(s.name()));
                while (sheet.next(row)) {
                    if (!row.isBlank()) {
                        return true;
                    }
                }
                return false;
            });
            var place = origin.in(chosen.name());
            return new XlsSource(file, place, new XlsSheet(file.records(chosen.at()), workbook, place));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public boolean next(RawRow row) {
        var found = sheet.next(row);
        number = found ? row.number() : number;
        return found;
    }

    /** By the most rows there can be: the format does not say how many there are. */
    @Override
    public double share() {
        return number / MOST_ROWS;
    }

    @Override
    public boolean isDelimited() {
        return false;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

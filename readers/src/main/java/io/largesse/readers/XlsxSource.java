package io.largesse.readers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** One sheet of an {@code .xlsx} or {@code .xlsm}. Macros are neither read nor run. */
final class XlsxSource implements RowSource {

    private final ZipContent zip;
    private final SharedStrings strings;
    private final Origin origin;
    private final XlsxSheet sheet;
    private final long size;

    private XlsxSource(ZipContent zip, SharedStrings strings, Origin origin, XlsxSheet sheet, long size) {
        this.zip = zip;
        this.strings = strings;
        this.origin = origin;
        this.sheet = sheet;
        this.size = size;
    }

    static XlsxSource open(Path file, Origin origin, @Nullable String wanted, Path tempDir) throws IOException {
        var zip = ZipContent.open(file, origin);
        try {
            return open(zip, origin, wanted, tempDir);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        } catch (XMLStreamException e) {
            zip.close();
            throw damaged(origin, e);
        }
    }

    private static XlsxSource open(ZipContent zip, Origin origin, @Nullable String wanted, Path tempDir)
            throws IOException, XMLStreamException {
        var workbook = XlsxWorkbook.of(zip, origin);
        var styles = XlsxStyles.of(zip, workbook.styles(), origin);
        var strings = new SharedStrings(zip, workbook.sharedStrings(), origin, tempDir);
        try {
            var parts = new XlsxSheet.Parts(styles, strings, workbook.dates1904());
            var chosen = SheetChoice.of(workbook.sheets(), wanted, origin, s -> hasContent(zip, s, origin, parts));
            var place = origin.in(chosen.name());
            var sheet = new XlsxSheet(zip.large(chosen.at()), place, parts);
            return new XlsxSource(zip, strings, place, sheet, zip.size(chosen.at()));
        } catch (IOException | RuntimeException | XMLStreamException e) {
            strings.close();
            throw e;
        }
    }

    private static boolean hasContent(ZipContent zip, SheetEntry<String> entry, Origin origin, XlsxSheet.Parts parts)
            throws IOException {
        var place = origin.in(entry.name());
        try (var sheet = new XlsxSheet(zip.large(entry.at()), place, parts)) {
            var row = new RawRow();
            while (sheet.next(row)) {
                if (!row.isBlank()) {
                    return true;
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw damaged(place, e);
        }
    }

    @Override
    public boolean next(RawRow row) throws IOException {
        try {
            return sheet.next(row);
        } catch (XMLStreamException e) {
            throw damaged(origin, e);
        }
    }

    /** A guard's refusal comes out of the parser wrapped. */
    private static RuntimeException damaged(Origin origin, XMLStreamException e) {
        var text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("entity") && text.contains("undeclared")
                ? origin.refusal("readers.file.entity")
                : origin.damaged(e);
    }

    @Override
    public double share() {
        return size <= 0 ? 0 : (double) sheet.bytesRead() / size;
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
        try (zip;
                strings) {
            sheet.close();
        }
    }
}

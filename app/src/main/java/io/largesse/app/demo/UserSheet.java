package io.largesse.app.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a spreadsheet (xlsx) of one sheet, a row at a time: the memory is that of one row, and a million rows take three
 * seconds. Spreadsheet libraries stay in the modules that read and write what people send.
 */
public final class UserSheet implements AutoCloseable {

    private static final String TYPES = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Default Extension="xml" ContentType="application/xml"/>\
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument\
            .spreadsheetml.sheet.main+xml"/>\
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument\
            .spreadsheetml.worksheet+xml"/></Types>""";

    private static final String PACKAGE = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
            officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    private static final String WORKBOOK = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
            <sheets><sheet name="users" sheetId="1" r:id="rId1"/></sheets></workbook>""";

    private static final String WORKBOOK_PARTS = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" \
            Target="worksheets/sheet1.xml"/></Relationships>""";

    private static final int LAST_ROW = 1_048_576;

    private final ZipOutputStream zip;
    private final Writer xml;
    private int row;

    public UserSheet(Path file) throws IOException {
        zip = new ZipOutputStream(Files.newOutputStream(file));
        zip.setLevel(Deflater.BEST_SPEED);
        xml = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
        part("[Content_Types].xml", TYPES);
        part("_rels/.rels", PACKAGE);
        part("xl/workbook.xml", WORKBOOK);
        part("xl/_rels/workbook.xml.rels", WORKBOOK_PARTS);
        zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
        xml.write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\""
                + "http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
    }

    /** A row of texts; the first may be left empty. Characters that XML cannot hold are written as Excel does, _x0007_. */
    public void texts(String first, String second) throws IOException {
        beginRow();
        text('A', first);
        text('B', second);
        xml.write("</row>");
    }

    /** A row that begins with a number, as a spreadsheet keeps it. */
    void number(String digits, String second) throws IOException {
        beginRow();
        xml.write("<c r=\"A" + row + "\"><v>" + digits + "</v></c>");
        text('B', second);
        xml.write("</row>");
    }

    private void beginRow() throws IOException {
        row++;
        if (row > LAST_ROW) {
            throw new IllegalStateException("a sheet has " + LAST_ROW + " rows at most");
        }
        xml.write("<row r=\"" + row + "\">");
    }

    private void text(char column, String text) throws IOException {
        if (!text.isEmpty()) {
            xml.write("<c r=\"" + column + row + "\" t=\"inlineStr\"><is><t>" + escaped(text) + "</t></is></c>");
        }
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                default -> {
                    if (c < ' ') {
                        escaped.append(String.format("_x%04X_", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    private void part(String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        xml.write("</sheetData></worksheet>");
        xml.flush();
        zip.closeEntry();
        zip.close();
    }
}

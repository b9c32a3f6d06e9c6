package io.largesse.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Makers of the files that operators upload by mistake, and of those that mean harm. */
final class BadFiles {

    static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    static final String STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    static final String STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    private static final String SHEET = "xl/worksheets/sheet1.xml";

    private BadFiles() {}

    /** Writes a file's content. */
    @FunctionalInterface
    interface Maker {
        void write(OutputStream out) throws Exception;

        default Path in(Path folder, String name) {
            var file = folder.resolve(name);
            try (var out = Files.newOutputStream(file)) {
                write(out);
            } catch (Exception e) {
                throw new IllegalStateException("cannot make " + file, e);
            }
            return file;
        }

        default byte[] bytes() {
            var out = new ByteArrayOutputStream();
            try {
                write(out);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return out.toByteArray();
        }
    }

    static Maker bytes(int... values) {
        return out -> {
            for (var value : values) {
                out.write(value);
            }
        };
    }

    static Maker text(String content) {
        return text(content, StandardCharsets.UTF_8);
    }

    static Maker text(String content, Charset charset) {
        return out -> out.write(content.getBytes(charset));
    }

    static Maker both(Maker first, Maker second) {
        return out -> {
            first.write(out);
            second.write(out);
        };
    }

    /** The first half of it, as an upload leaves it that was cut off. */
    static Maker half(Maker whole) {
        return out -> {
            var bytes = whole.bytes();
            out.write(bytes, 0, bytes.length / 2);
        };
    }

    static Maker xlsx(Consumer<Workbook> content) {
        return out -> {
            try (var workbook = new XSSFWorkbook()) {
                content.accept(workbook);
                workbook.write(out);
            }
        };
    }

    static Maker xls(Consumer<Workbook> content) {
        return out -> {
            try (var workbook = new HSSFWorkbook()) {
                content.accept(workbook);
                workbook.write(out);
            }
        };
    }

    /** Fills a sheet's rows from text: cells parted by {@code |}. */
    static Consumer<Workbook> sheet(String name, String... rows) {
        return workbook -> {
            var sheet = workbook.createSheet(name);
            for (var r = 0; r < rows.length; r++) {
                var cells = rows[r].split("\\|", -1);
                var row = sheet.createRow(r);
                for (var c = 0; c < cells.length; c++) {
                    row.createCell(c).setCellValue(cells[c]);
                }
            }
        };
    }

    /** Encrypted as Excel does it when a password is set to open the file. */
    static Maker protectedXlsx(Maker plain) {
        return out -> {
            try (var container = new POIFSFileSystem()) {
                var encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
                encryptor.confirmPassword("secret");
                try (var encrypted = encryptor.getDataStream(container)) {
                    plain.write(encrypted);
                }
                container.writeFilesystem(out);
            }
        };
    }

    /** An OLE2 container around one stream: what Word writes, or an xls that is not one. */
    static Maker ole2(String stream, byte[] content) {
        return out -> {
            try (var container = new POIFSFileSystem()) {
                container.createDocument(new ByteArrayInputStream(content), stream);
                container.writeFilesystem(out);
            }
        };
    }

    /** A workbook of one sheet from the bare XML of its rows, as writers other than Excel make it. */
    static Maker rawXlsx(String rows) {
        return rawXlsx(rows, Map.of());
    }

    static Maker rawXlsx(String rows, Map<String, String> moreParts) {
        var parts = skeleton(MAIN, RELATIONS);
        parts.put(SHEET, "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows + "</sheetData></worksheet>");
        parts.putAll(moreParts);
        return zip(parts);
    }

    /** The strict form of the format: other namespaces, dates as text. */
    static Maker strictXlsx(String rows) {
        var parts = skeleton(STRICT_MAIN, STRICT_RELATIONS);
        parts.put(SHEET, "<worksheet xmlns=\"" + STRICT_MAIN + "\"><sheetData>" + rows + "</sheetData></worksheet>");
        return zip(parts);
    }

    /** A sheet of endless content, which zips to next to nothing. */
    static Maker bomb(String start, String repeated, long times) {
        return out -> {
            try (var zip = new ZipOutputStream(out)) {
                put(zip, skeleton(MAIN, RELATIONS));
                zip.putNextEntry(new ZipEntry(SHEET));
                zip.write(start.getBytes(StandardCharsets.UTF_8));
                var block = repeated.repeat(1000).getBytes(StandardCharsets.UTF_8);
                for (var i = 0L; i < times / 1000; i++) {
                    zip.write(block);
                }
            }
        };
    }

    /** A sheet whose rows are written one by one. */
    static Maker rows(int count, java.util.function.IntFunction<String> row) {
        return out -> {
            try (var zip = new ZipOutputStream(out)) {
                zip.setLevel(1);
                put(zip, skeleton(MAIN, RELATIONS));
                zip.putNextEntry(new ZipEntry(SHEET));
                zip.write("<worksheet><sheetData>".getBytes(StandardCharsets.UTF_8));
                for (var i = 1; i <= count; i++) {
                    zip.write(row.apply(i).getBytes(StandardCharsets.UTF_8));
                }
                zip.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    static String row(String... cells) {
        return "<row>"
                + String.join("", Arrays.stream(cells).map(BadFiles::inline).toList()) + "</row>";
    }

    static String inline(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    static Map<String, String> sharedStrings(String items) {
        return Map.of("xl/sharedStrings.xml", "<sst xmlns=\"" + MAIN + "\">" + items + "</sst>");
    }

    static Maker zip(Map<String, String> parts) {
        return out -> {
            try (var zip = new ZipOutputStream(out)) {
                put(zip, parts);
            }
        };
    }

    private static void put(ZipOutputStream zip, Map<String, String> parts) {
        parts.forEach((name, content) -> {
            try {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Map<String, String> skeleton(String main, String relations) {
        var packaged = "http://schemas.openxmlformats.org/package/2006/";
        var relationship = "<Relationship Id=\"r%d\" Type=\"" + relations + "/%s\" Target=\"%s\"/>";
        var relationships = "<Relationships xmlns=\"" + packaged + "relationships\">%s</Relationships>";
        var parts = new LinkedHashMap<String, String>();
        parts.put("[Content_Types].xml", "<Types xmlns=\"" + packaged + "content-types\"/>");
        parts.put(
                "_rels/.rels", relationships.formatted(relationship.formatted(1, "officeDocument", "xl/workbook.xml")));
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + relations
                        + "\"><sheets><sheet name=\"Users\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                relationships.formatted(relationship.formatted(1, "worksheet", "worksheets/sheet1.xml")
                        + relationship.formatted(2, "sharedStrings", "sharedStrings.xml")));
        return parts;
    }
}

package io.largesse.readers;

import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Writes files and reads them back as lists. */
record Corpus(Path dir) {

    /** What came out of a list. */
    record Read(List<String> header, String sheet, int idColumn, List<ListedRow> rows) {

        List<String> ids() {
            return rows.stream()
                    .filter(ListedRow.Accepted.class::isInstance)
                    .map(r -> ((ListedRow.Accepted) r).userId())
                    .toList();
        }

        /** Row number and reason. */
        List<String> rejects() {
            return rejected().stream()
                    .map(r -> r.number() + " " + r.reason().code())
                    .toList();
        }

        List<ListedRow.Rejected> rejected() {
            return rows.stream()
                    .filter(ListedRow.Rejected.class::isInstance)
                    .map(ListedRow.Rejected.class::cast)
                    .toList();
        }

        List<Integer> numbers() {
            return rows.stream().map(ListedRow::number).toList();
        }
    }

    static ListOptions column(@Nullable String column) {
        return new ListOptions(null, column, null);
    }

    static ListOptions sheet(String sheet) {
        return new ListOptions(sheet, null, null);
    }

    static ListOptions pattern(String pattern) {
        return new ListOptions(null, null, Pattern.compile(pattern));
    }

    Read text(String name, String content) {
        return read(write(name, content.getBytes(StandardCharsets.UTF_8)), name, ListOptions.NONE);
    }

    Read text(String name, String content, ListOptions options) {
        return read(write(name, content.getBytes(StandardCharsets.UTF_8)), name, options);
    }

    Message refusedText(String name, String content, ListOptions options) {
        return refusal(write(name, content.getBytes(StandardCharsets.UTF_8)), name, options);
    }

    Message refusedText(String name, String content) {
        return refusedText(name, content, ListOptions.NONE);
    }

    Path write(String name, byte[] bytes) {
        try {
            return Files.write(dir.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path xlsx(String name, Consumer<Workbook> content) {
        return workbook(name, new XSSFWorkbook(), content);
    }

    Path xls(String name, Consumer<Workbook> content) {
        return workbook(name, new HSSFWorkbook(), content);
    }

    private Path workbook(String name, Workbook workbook, Consumer<Workbook> content) {
        var file = dir.resolve(name);
        try (workbook;
                var out = Files.newOutputStream(file)) {
            content.accept(workbook);
            workbook.write(out);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A workbook of one sheet from its bare XML, as writers other than Excel make it. */
    Path rawXlsx(String name, String sheetData, Map<String, String> moreParts) {
        var main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var parts = new LinkedHashMap<>(
                skeleton(main, "http://schemas.openxmlformats.org/officeDocument/2006/relationships"));
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"" + main + "\"><sheetData>" + sheetData + "</sheetData></worksheet>");
        parts.putAll(moreParts);
        return zip(name, parts);
    }

    static Map<String, String> skeleton(String main, String relations) {
        var packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
        var parts = new LinkedHashMap<String, String>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        parts.put(
                "_rels/.rels",
                "<Relationships xmlns=\"" + packageRelations + "\"><Relationship Id=\"r1\" Type=\"" + relations
                        + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + relations
                        + "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"" + packageRelations + "\"><Relationship Id=\"r1\" Type=\"" + relations
                        + "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" + relations
                        + "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>");
        return parts;
    }

    Path zip(String name, Map<String, String> parts) {
        var file = dir.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Read read(Path file) {
        return read(file, ListOptions.NONE);
    }

    Read read(Path file, ListOptions options) {
        return read(file, file.getFileName().toString(), options);
    }

    Read read(Path file, String name, ListOptions options) {
        try (var reader = UserLists.open(file, name, options, dir)) {
            var rows = new ArrayList<ListedRow>();
            for (var row = reader.read(); row != null; row = reader.read()) {
                Assertions.assertThat(row.cells()).hasSameSizeAs(reader.header());
                rows.add(row);
            }
            Assertions.assertThat(reader.share()).isBetween(0.0, 1.0);
            return new Read(reader.header(), reader.sheet(), reader.idColumn(), rows);
        }
    }

    Message refusal(Path file) {
        return refusal(file, ListOptions.NONE);
    }

    Message refusal(Path file, ListOptions options) {
        return refusal(file, file.getFileName().toString(), options);
    }

    /** The refusal; it names the file in both languages. */
    Message refusal(Path file, String name, ListOptions options) {
        try {
            var rows = read(file, name, options);
            throw new AssertionError("not refused: " + rows);
        } catch (RefusedException e) {
            for (var locale : List.of(Locale.ENGLISH, Locale.CHINESE)) {
                Assertions.assertThat(Messages.text(e.why(), locale))
                        .contains(name)
                        .doesNotContain("{")
                        .doesNotStartWith("readers.");
            }
            return e.why();
        }
    }
}

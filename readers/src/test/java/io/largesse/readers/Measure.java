package io.largesse.readers;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Seconds and live heap for the lists that RATIONALE.md gives figures of: {@code Measure FOLDER} writes them if they are
 * not there and reads each three times. Not a test: it measures the machine as much as the code.
 */
final class Measure {

    private static final int ROWS = 1_000_000;

    private Measure() {}

    public static void main(String[] arguments) throws IOException {
        var dir = Files.createDirectories(Path.of(arguments[0]));
        var names = new String[] {"text.csv", "inline.xlsx", "shared.xlsx", "shared-5-columns.xlsx"};
        for (var name : names) {
            var file = dir.resolve(name);
            if (!Files.exists(file)) {
                write(file);
            }
            for (var i = 0; i < 3; i++) {
                read(file, dir);
            }
        }
    }

    private static void read(Path file, Path dir) {
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        var start = System.nanoTime();
        var startCpu = threads.getCurrentThreadCpuTime();
        try (var reader = UserLists.open(file, file.getFileName().toString(), ListOptions.NONE, dir)) {
            var opened = System.nanoTime();
            var rows = 0;
            var accepted = 0;
            for (var row = reader.read(); row != null; row = reader.read()) {
                rows++;
                accepted += row instanceof ListedRow.Accepted ? 1 : 0;
            }
            var end = System.nanoTime();
            var cpu = threads.getCurrentThreadCpuTime() - startCpu;
            System.gc();
            System.out.printf(
                    "%-24s %,d of %,d rows, %.2f s (%.2f s of processor), of which %.2f s to open, %d MB live%n",
                    file.getFileName(),
                    accepted,
                    rows,
                    (end - start) / 1e9,
                    cpu / 1e9,
                    (opened - start) / 1e9,
                    memory.getHeapMemoryUsage().getUsed() >> 20);
        }
    }

    private static void write(Path file) throws IOException {
        var name = file.getFileName().toString();
        if (name.endsWith(".csv")) {
            try (var out = Files.newBufferedWriter(file)) {
                out.write("user_id,name,city\n");
                for (var i = 0; i < ROWS; i++) {
                    out.write("user" + (10_000_000 + i) + ",name " + i + ",Hangzhou\n");
                }
            }
        } else {
            writeWorkbook(file, name.contains("5") ? 5 : 1, name.startsWith("shared"));
        }
    }

    private static void writeWorkbook(Path file, int columns, boolean shared) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file));
                var out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8))) {
            var parts = Corpus.skeleton(
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                out.write(part.getValue());
                out.flush();
            }
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            out.write("<worksheet><sheetData>");
            for (var i = 0; i <= ROWS; i++) {
                out.write("<row r=\"" + (i + 1) + "\" spans=\"1:1\">");
                for (var c = 0; c < columns; c++) {
                    var reference = "<c r=\"" + (char) ('A' + c) + (i + 1) + "\" s=\"0\"";
                    out.write(
                            shared
                                    ? reference + " t=\"s\"><v>" + (i * columns + c) + "</v></c>"
                                    : reference + " t=\"inlineStr\"><is><t>" + text(i, c) + "</t></is></c>");
                }
                out.write("</row>");
            }
            out.write("</sheetData></worksheet>");
            out.flush();
            if (shared) {
                zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
                out.write("<sst>");
                for (var i = 0; i <= ROWS; i++) {
                    for (var c = 0; c < columns; c++) {
                        out.write("<si><t>" + text(i, c) + "</t></si>");
                    }
                }
                out.write("</sst>");
                out.flush();
            }
        }
    }

    private static String text(int row, int column) {
        if (row == 0) {
            return column == 0 ? "user_id" : "column " + column;
        }
        return column == 0 ? "user" + (10_000_000 + row) : "some text of cell " + row + "-" + column;
    }
}

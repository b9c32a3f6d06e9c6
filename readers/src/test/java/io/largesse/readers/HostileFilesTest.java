package io.largesse.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they claim to be, or mean harm. */
class HostileFilesTest {

    @TempDir
    Path dir;

    private Corpus corpus;

    @BeforeEach
    void corpus() {
        corpus = new Corpus(dir);
    }

    private String refused(String name, byte[] bytes) {
        return corpus.refusal(corpus.write(name, bytes)).code();
    }

    private String refused(String name, String text) {
        return refused(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes(Path file) throws Exception {
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.xlsx", "users.xls", "users.csv", "users.tsv", "users.txt"})
    void anEmptyFileIsRefused(String name) {
        assertThat(refused(name, "")).isEqualTo("readers.file.empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "users.doc", "users.json", "users.csv.gz", "users.numbers", "users."})
    void anUnknownExtensionIsRefused(String name) {
        assertThat(refused(name, "u1\n")).isEqualTo("readers.file.extension");
    }

    @ParameterizedTest
    @CsvSource({
        "users.xls, readers.file.really-xlsx",
        "users.csv, readers.file.really-xlsx",
        "users.ods, readers.file.really-ods"
    })
    void anXlsxByAnotherNameIsRefused(String name, String code) throws Exception {
        var file = corpus.xlsx("users.xlsx", w -> SpreadsheetContract.fill(w, "Users", "u1"));

        assertThat(refused(name, bytes(file))).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.xlsx", "users.csv"})
    void anXlsByAnotherNameIsRefused(String name) throws Exception {
        var file = corpus.xls("users.xls", w -> SpreadsheetContract.fill(w, "Users", "u1"));

        assertThat(refused(name, bytes(file))).isEqualTo("readers.file.really-xls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.xlsx", "users.xls"})
    void textByAnotherNameIsRefused(String name) {
        assertThat(refused(name, "user_id\nu1\n")).isEqualTo("readers.file.really-text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.xlsx", "users.xls", "users.csv"})
    void aWebPageIsRefusedWhateverItsName(String name) {
        assertThat(refused(name, "\uFEFF\r\n<HTML><table><tr><td>u1</td></tr></table></HTML>"))
                .isEqualTo("readers.file.really-html");
        assertThat(refused(name, "<!DOCTYPE html><html></html>")).isEqualTo("readers.file.really-html");
        assertThat(refused(name, "<?xml version=\"1.0\"?><Workbook/>")).isEqualTo("readers.file.really-xml");
    }

    @Test
    void otherKindsOfFilesAreRefusedByTheirName() {
        assertThat(refused("users.csv", "%PDF-1.7\n")).isEqualTo("readers.file.really-pdf");
        assertThat(refused("users.csv", new byte[] {0x1F, (byte) 0x8B, 8, 0})).isEqualTo("readers.file.really-other");
        assertThat(refused("users.csv", new byte[] {1, 0, 2, 3, 0, 0, 7, 9, 0})).isEqualTo("readers.file.really-other");
        assertThat(refused("users.xls", new byte[] {9, 8, 16, 0, 0, 5, 5, 0})).isEqualTo("readers.file.old-excel");
        assertThat(refused("users.xlsb", "x")).isEqualTo("readers.file.really-xlsb");
    }

    @Test
    void otherKindsOfZipsAreRefusedByTheirName() {
        assertThat(code(Map.of("users.csv", "u1"))).isEqualTo("readers.file.really-zip");
        assertThat(code(Map.of("word/document.xml", "<x/>"))).isEqualTo("readers.file.really-document");
        assertThat(code(Map.of("xl/workbook.bin", "x"))).isEqualTo("readers.file.really-xlsb");
        assertThat(code(Map.of("mimetype", "application/vnd.oasis.opendocument.spreadsheet")))
                .isEqualTo("readers.file.really-ods");
    }

    private String code(Map<String, String> parts) {
        return corpus.refusal(corpus.zip("users.xlsx", parts)).code();
    }

    @Test
    void otherKindsOfOle2FilesAreRefusedByTheirName() throws Exception {
        assertThat(refused("users.xls", ole2("Book"))).isEqualTo("readers.file.old-excel");
        assertThat(refused("users.xls", ole2("WordDocument"))).isEqualTo("readers.file.really-document");
        assertThat(refused("users.xls", ole2("Workbook"))).isEqualTo("readers.file.damaged");
    }

    private static byte[] ole2(String stream) throws Exception {
        try (var container = new POIFSFileSystem()) {
            container.createDocument(new java.io.ByteArrayInputStream(new byte[5000]), stream);
            var out = new ByteArrayOutputStream();
            container.writeFilesystem(out);
            return out.toByteArray();
        }
    }

    @Test
    void aProtectedXlsxIsRefused() throws Exception {
        var plain = corpus.xlsx("plain.xlsx", w -> SpreadsheetContract.fill(w, "Users", "u1"));
        try (var container = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var out = encryptor.getDataStream(container)) {
                Files.copy(plain, out);
            }
            var out = new ByteArrayOutputStream();
            container.writeFilesystem(out);

            assertThat(refused("users.xlsx", out.toByteArray())).isEqualTo("readers.file.password");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "VelvetSweatshop"})
    void aProtectedXlsIsRefused(String password) throws Exception {
        Biff8EncryptionKey.setCurrentUserPassword(password);
        try (var workbook = new HSSFWorkbook()) {
            SpreadsheetContract.fill(workbook, "Users", "u1");
            var out = new ByteArrayOutputStream();
            workbook.write(out);
            Biff8EncryptionKey.setCurrentUserPassword(null);

            assertThat(refused("users.xls", out.toByteArray())).isEqualTo("readers.file.password");
        } finally {
            Biff8EncryptionKey.setCurrentUserPassword(null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels", "xl/sharedStrings.xml"})
    void anEntityIsRefusedWhereverItStands(String part) {
        var evil =
                "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x><row><c t=\"inlineStr\">"
                        + "<is><t>&e;</t></is></c></row></x>";
        var file = corpus.rawXlsx("users.xlsx", "<row><c t=\"s\"><v>0</v></c></row>", Map.of(part, evil));

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.file.entity");
    }

    @Test
    void anUndeclaredEntityIsRefused() {
        var file = corpus.rawXlsx("users.xlsx", "<row><c t=\"inlineStr\"><is><t>&e;</t></is></c></row>", Map.of());

        assertThat(corpus.refusal(file).code()).isIn("readers.file.entity", "readers.file.damaged");
    }

    /** Streams one part of endless content, which zips to next to nothing. */
    private Path bomb(String part, String prefix, String repeated, long times) throws Exception {
        var parts = new LinkedHashMap<>(Corpus.skeleton(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships"));
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>");
        parts.remove(part);
        var file = dir.resolve("users.xlsx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
            zip.putNextEntry(new ZipEntry(part));
            repeat(zip, prefix, repeated, times);
        }
        return file;
    }

    private static void repeat(OutputStream out, String prefix, String repeated, long times) throws Exception {
        out.write(prefix.getBytes(StandardCharsets.UTF_8));
        var block = repeated.repeat(1000).getBytes(StandardCharsets.UTF_8);
        for (var i = 0L; i < times / 1000; i++) {
            out.write(block);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "<worksheet><sheetData><row><c><v>, xxxxxxxx",
        "<worksheet a=', xxxxxxxx",
        "<worksheet><sheetData>, <a>",
    })
    void aBombIsRefusedEarly(String prefix, String repeated) throws Exception {
        assertThat(corpus.refusal(bomb("xl/worksheets/sheet1.xml", prefix, repeated, 1_000_000))
                        .code())
                .isEqualTo("readers.file.bomb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a%d/>", "<a b%d=''/>", "<a xmlns:c%d='d'/>"})
    void endlesslyManyNamesAreRefused(String element) {
        var names = IntStream.range(0, 5_000).mapToObj(element::formatted).collect(Collectors.joining());

        assertThat(corpus.refusal(corpus.rawXlsx("users.xlsx", names, Map.of())).code())
                .isEqualTo("readers.file.bomb");
    }

    @Test
    void moreRowsThanASheetCanHaveAreRefused() throws Exception {
        var file = bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", "<row/>", 1_100_000);

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.sheet.rows");
    }

    @Test
    void anEndlessRowIsRefused() throws Exception {
        var file = bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>", "<c/>", 100_000);

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.sheet.rows");
    }

    @Test
    void anEndlessListOfSheetsIsRefused() throws Exception {
        var file = bomb("xl/workbook.xml", "<workbook><sheets>", "<sheet name=\"a\" id=\"b\"/>", 2_900_000);

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.file.bomb");
    }

    @Test
    void aDiskThatFailsIsNoFaultOfTheList() {
        assertThatThrownBy(() -> UserLists.open(dir.resolve("gone.csv"), "gone.csv", ListOptions.NONE, dir))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void randomDamageIsAlwaysARefusalOrAList() throws Exception {
        var random = new java.util.Random(7);
        for (var name : new String[] {"users.xlsx", "users.xls"}) {
            java.util.function.Consumer<org.apache.poi.ss.usermodel.Workbook> content =
                    w -> SpreadsheetContract.fill(w, "Users", "user_id", "u1", "u2", "u3");
            var good = bytes(name.endsWith("x") ? corpus.xlsx(name, content) : corpus.xls(name, content));
            for (var i = 0; i < 300; i++) {
                var bad = good.clone();
                for (var n = 1 + random.nextInt(20); n > 0; n--) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                var file = corpus.write(name, bad);
                try {
                    corpus.read(file);
                } catch (io.largesse.coupons.RefusedException e) {
                    assertThat(e.why().arguments()).first().asString().startsWith(name);
                }
            }
        }
    }
}

package io.largesse.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.SpentCoupon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpentReportTest {

    private static final Instant AT = Instant.parse("2026-11-27T20:00:00Z");

    @TempDir
    private Path folder;

    private final SpentReport report = new SpentReport(
            Locale.SIMPLIFIED_CHINESE, List.of(new RejectReport.Fact("发放单", "7")), minor -> minor + " fen");

    /** An order's id comes from a shop, and a user's from whoever signs up. */
    @Test
    void everyCellIsTextWhateverItHolds() throws IOException {
        var file = folder.resolve("spent.xlsx");
        var coupon = new SpentCoupon(1, "+U1", "SUMMER-1", "REDEEMED", "=cmd|' /C calc'!A0", 1000, AT, AT);

        assertThat(report.write(file, List.of(coupon).iterator())).isEqualTo(1);

        try (var workbook = new XSSFWorkbook(Files.newInputStream(file))) {
            assertThat(workbook.getSheetAt(0).getRow(0).getCell(1).getStringCellValue())
                    .isEqualTo("7");
            var lines = workbook.getSheetAt(1);
            assertThat(lines.getRow(0).getCell(0).getStringCellValue()).isEqualTo("用户");
            var order = lines.getRow(1).getCell(3);
            assertThat(order.getCellType()).isEqualTo(CellType.STRING);
            assertThat(order.getStringCellValue()).isEqualTo("=cmd|' /C calc'!A0");
            assertThat(order.getCellStyle().getQuotePrefixed()).isTrue();
            assertThat(lines.getRow(1).getCell(0).getCellStyle().getQuotePrefixed())
                    .isTrue();
            assertThat(lines.getRow(1).getCell(4).getStringCellValue()).isEqualTo("1000 fen");
        }
    }

    @Test
    void aReportThatFailsLeavesTheFormerOneAsItWas() throws IOException {
        var file = Files.writeString(folder.resolve("spent.xlsx"), "former");
        var failing = new Iterator<SpentCoupon>() {
            @Override
            public boolean hasNext() {
                throw new IllegalStateException("the database is away");
            }

            @Override
            public SpentCoupon next() {
                throw new AssertionError();
            }
        };

        assertThatThrownBy(() -> report.write(file, failing)).hasMessageContaining("away");

        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(Files.readString(file)).isEqualTo("former");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }
}

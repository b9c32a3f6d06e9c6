package io.largesse.writers;

import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.SpentCoupon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * The coupons of a grant that cannot be taken back, as a spreadsheet (xlsx): a sheet with the summary, then a line a
 * coupon. Cells are text and memory is flat, as in {@link RejectReport}.
 *
 * @param locale of the headings (English or Chinese)
 * @param summary what the first sheet says, line by line
 * @param money how an amount in minor units is written
 */
public record SpentReport(Locale locale, List<RejectReport.Fact> summary, LongFunction<String> money) {

    private static final int[] WIDTHS = {28, 34, 14, 24, 16, 26, 26};

    public SpentReport {
        summary = List.copyOf(summary);
    }

    /**
     * Writes the report. The target is replaced when the report is whole; if anything fails, it stays as it was.
     *
     * @return the number of lines
     */
    public long write(Path target, Iterator<SpentCoupon> coupons) throws IOException {
        var part = target.resolveSibling(target.getFileName() + ".part");
        try {
            long written = 0;
            var kind = "writers.spent.";
            try (var sheets = new ReportSheets(locale, kind, headings(), WIDTHS, RejectReport.ROWS_OF_A_SHEET)) {
                summary.forEach(sheets::fact);
                for (; coupons.hasNext(); written++) {
                    sheets.line(cells(coupons.next()));
                }
                sheets.save(part);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return written;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private List<String> headings() {
        return Stream.of("user", "code", "status", "order", "face-value", "issued", "since")
                .map(column -> Messages.text(Message.of("writers.spent." + column), locale))
                .toList();
    }

    private List<String> cells(SpentCoupon coupon) {
        return List.of(
                coupon.userId(),
                coupon.code(),
                coupon.status(),
                coupon.orderId() == null ? "" : coupon.orderId(),
                money.apply(coupon.faceValue()),
                coupon.issuedAt().toString(),
                coupon.updatedAt().toString());
    }
}

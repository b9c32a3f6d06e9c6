package io.largesse.archive;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.largesse.coupons.ArchivedCampaign;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A file of coupons for people or programs, of whatever campaigns. Not thread safe. */
public interface CouponOutput extends CouponConsumer, Closeable {

    /** Parquet, with the columns that the archive has. */
    static CouponOutput parquet(Path file, LongFunction<ArchivedCampaign> campaigns) throws IOException {
        var writer = CouponWriter.to(file, campaigns);
        return new CouponOutput() {

            @Override
            public void accept(ArchivedCoupon coupon) throws IOException {
                writer.write(coupon);
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    /**
     * CSV in UTF-8, with a heading; times in UTC, amounts in units of the currency. A text that a spreadsheet would take for
     * a formula gets an apostrophe before it.
     */
    static CouponOutput csv(Path file, LongFunction<ArchivedCampaign> campaigns) throws IOException {
        var writer = CsvWriter.builder().quoteStrategy(QuoteStrategies.ALWAYS).build(file);
        writer.writeRecord(
                "code",
                "campaign",
                "business",
                "template",
                "user_id",
                "source",
                "source_id",
                "ordinal",
                "status",
                "issued_at",
                "valid_from",
                "valid_to",
                "face_value",
                "currency",
                "order_id",
                "updated_at");
        Map<Long, ArchivedCampaign> known = new LinkedHashMap<>();
        return new CouponOutput() {

            @Override
            public void accept(ArchivedCoupon c) {
                var campaign = known.computeIfAbsent(c.campaignId(), campaigns::apply);
                var digits = Currency.getInstance(campaign.currency()).getDefaultFractionDigits();
                writer.writeRecord(
                        c.code(),
                        campaign.name(),
                        campaign.business(),
                        campaign.template() + "@" + campaign.templateVersion(),
                        text(c.userId()),
                        c.sourceKind(),
                        Long.toString(c.sourceId()),
                        Integer.toString(c.ordinal()),
                        c.status(),
                        ArchivedCoupon.instant(c.issuedAt()).toString(),
                        ArchivedCoupon.instant(c.validFrom()).toString(),
                        ArchivedCoupon.instant(c.validTo()).toString(),
                        BigDecimal.valueOf(c.faceValue(), Math.max(0, digits)).toPlainString(),
                        campaign.currency(),
                        text(c.orderId()),
                        ArchivedCoupon.instant(c.updatedAt()).toString());
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    private static @Nullable String text(@Nullable String value) {
        return value != null && !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}

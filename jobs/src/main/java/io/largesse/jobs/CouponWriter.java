package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Grant;
import io.largesse.writers.BinaryCopy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Copies coupons into their table, in the chunk's transaction. A code or a recipient that is there already fails the
 * chunk, and nothing of it is issued.
 */
class CouponWriter implements ItemWriter<NewCoupon> {

    private final Grant grant;
    private final Campaign campaign;
    private final DataSource dataSource;
    private final Clock clock;
    private final Progress progress;

    CouponWriter(Grant grant, Campaign campaign, DataSource dataSource, Clock clock, Progress progress) {
        this.grant = grant;
        this.campaign = campaign;
        this.dataSource = dataSource;
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends NewCoupon> chunk) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var period = campaign.periodOf(now);
        try (var copy = BinaryCopy.into(
                DataSourceUtils.getConnection(dataSource),
                "coupon",
                "code",
                "campaign_id",
                "user_id",
                "source_kind",
                "source_id",
                "ordinal",
                "status",
                "issued_at",
                "valid_from",
                "valid_to",
                "face_value",
                "updated_at")) {
            for (var coupon : chunk) {
                copy.row().text(coupon.code()).int8(campaign.id()).text(coupon.userId());
                copy.text("GRANT").int8(grant.id()).int4(coupon.ordinal()).text("ISSUED");
                copy.timestamptz(now).timestamptz(period.from()).timestamptz(period.to());
                copy.int8(grant.faceValue()).timestamptz(now);
            }
            requireAll(chunk.size(), copy.finish());
        }
        progress.addOnCommit(chunk.size());
    }

    private void requireAll(int expected, long written) {
        if (written != expected) {
            throw new IllegalStateException(
                    "grant " + grant.id() + ": " + written + " of " + expected + " coupons were written");
        }
    }
}

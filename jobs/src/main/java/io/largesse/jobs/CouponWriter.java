package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Grant;
import io.largesse.coupons.IssueParts;
import io.largesse.writers.BinaryCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Copies coupons into their table and moves their part on, in the chunk's transaction. A code or a recipient that is there
 * already fails the chunk, and nothing of it is issued.
 */
class CouponWriter implements ItemWriter<CouponPage> {

    private static final String UNIQUE_VIOLATION = "23505";

    /** As PostgreSQL names it in each partition. */
    private static final String CODE_CONSTRAINT = "campaign_id_code_key";

    private final Grant grant;
    private final Campaign campaign;
    private final IssueParts parts;
    private final DataSource dataSource;
    private final Clock clock;
    private final Progress progress;

    CouponWriter(
            Grant grant, Campaign campaign, IssueParts parts, DataSource dataSource, Clock clock, Progress progress) {
        this.grant = grant;
        this.campaign = campaign;
        this.parts = parts;
        this.dataSource = dataSource;
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends CouponPage> chunk) throws SQLException {
        for (var page : chunk) {
            try {
                copy(DataSourceUtils.getConnection(dataSource), page);
            } catch (SQLException e) {
                if (isCodeInUse(e)) {
                    throw new CodeInUseException(grant.id(), e);
                }
                throw e;
            }
            parts.advance(grant.id(), page.part(), page.first(), page.next());
            progress.addOnCommit(page.codes().size());
        }
    }

    /** The message names the constraint in every language; a recipient who has his coupon is another matter. */
    private static boolean isCodeInUse(SQLException e) {
        return UNIQUE_VIOLATION.equals(e.getSQLState())
                && String.valueOf(e.getMessage()).contains(CODE_CONSTRAINT);
    }

    private void copy(Connection connection, CouponPage page) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var period = campaign.periodOf(now);
        try (var copy = BinaryCopy.into(
                connection,
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
            var firstRecipient = grant.recipientAt(page.first());
            for (int i = 0; i < page.codes().size(); i++) {
                var position = page.first() + i;
                var user = page.users().get((int) (grant.recipientAt(position) - firstRecipient));
                copy.row().text(page.codes().get(i)).int8(campaign.id()).text(user);
                copy.text("GRANT")
                        .int8(grant.id())
                        .int4(grant.ordinalAt(position))
                        .text("ISSUED");
                copy.timestamptz(now).timestamptz(period.from()).timestamptz(period.to());
                copy.int8(grant.faceValue()).timestamptz(now);
            }
            requireAll(page.codes().size(), copy.finish());
        }
    }

    private void requireAll(int expected, long written) {
        if (written != expected) {
            throw new IllegalStateException(
                    "grant " + grant.id() + ": " + written + " of " + expected + " coupons were written");
        }
    }
}

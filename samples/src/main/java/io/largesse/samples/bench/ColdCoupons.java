package io.largesse.samples.bench;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CodeMint;
import io.largesse.coupons.CodeRanges;
import io.largesse.writers.BinaryCopy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;

/** A campaign that has ended, whose coupons are long spent or expired: three of ten spent, with orders, over a month. */
final class ColdCoupons {

    static final Duration AGE = Duration.ofDays(200);

    private static final Duration MONTH = Duration.ofDays(30);
    private static final int CHUNK = 10_000;

    /** Prime, and no number of coupons is a multiple of it that anybody asks for. */
    private static final long FAR = 982_451_653;

    private static final long RUN_OF_NOBODY = 9_000_000_000L;

    private final BenchHome home;
    private final DataSource database;
    private final JdbcTemplate sql;

    ColdCoupons(BenchHome home) {
        this.home = home;
        this.database = home.get(DataSource.class);
        this.sql = home.sql();
    }

    Campaign fill(String name, long coupons) throws SQLException {
        var campaign = BenchCampaign.create(home, name, coupons);
        var range = home.get(CodeRanges.class).reserve(campaign, coupons, RUN_OF_NOBODY + campaign.id());
        home.get(CodeRanges.class).ready(range);
        var mint = CodeMint.of(range.codeFormat(), range.prefix(), range.date(), home.get(CodeKeys.class));
        try (var connection = database.getConnection();
                var copy = BinaryCopy.into(
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
                        "order_id",
                        "updated_at")) {
            var random = new Random(1);
            var began = home.get(Clock.class).instant().minus(AGE).minus(MONTH);
            for (long first = 0; first < coupons; first += CHUNK) {
                var issued = began.plusSeconds(first / CHUNK);
                for (int i = 0; i < Math.min(CHUNK, coupons - first); i++) {
                    // as grants deal them: the serials of neighbours are far apart
                    var code = mint.codes(range.firstSerial() + (first + i) * FAR % coupons, 1)
                            .get(0);
                    var spent = random.nextInt(10) < 3;
                    var changed = spent
                            ? issued.plusNanos((long) (random.nextDouble() * MONTH.toNanos()))
                            : issued.plus(MONTH);
                    copy.row().text(code).int8(campaign.id()).text("U" + (10_000_000 + (first + i) * 7));
                    copy.text("GRANT").int8(1).int4(1).text(spent ? "REDEEMED" : "EXPIRED");
                    copy.timestamptz(issued).timestamptz(issued).timestamptz(issued.plus(MONTH));
                    copy.int8(1_000)
                            .text(spent ? "O" + (100_000_000_000L + random.nextInt(1_000_000_000)) : null)
                            .timestamptz(changed);
                }
            }
            copy.finish();
        }
        return home.get(Campaigns.class).end(campaign, BenchCampaign.BENCH);
    }

    /** Before which all of them have changed last. */
    Instant before() {
        return home.get(Clock.class).instant().minus(AGE.minusDays(1));
    }

    void settle() {
        sql.execute("VACUUM ANALYZE coupon_0");
        sql.execute("CHECKPOINT");
    }

    long count() {
        var count = sql.queryForObject("SELECT count(*) FROM coupon", Long.class);
        return count == null ? 0 : count;
    }

    /** The least that taking coupons out of PostgreSQL can cost. */
    void copyTo(Path file) throws SQLException, IOException {
        try (var connection = database.getConnection();
                var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY coupon_0 TO STDOUT", out);
        }
    }

    /** The least that bringing them back can cost: into a table with the same indexes. */
    void copyFrom(Path file) throws SQLException, IOException {
        CouponTables.createBeside(sql);
        try (var connection = database.getConnection();
                var in = Files.newInputStream(file)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY coupon_beside FROM STDIN", in, 1 << 16);
        }
    }
}

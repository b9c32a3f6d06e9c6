package io.largesse.jobs;

import io.largesse.archive.ArchivedCoupon;
import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.ArchiveSelection;
import io.largesse.coupons.Archives;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeBits;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.MonthLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What became of coupons in a month, those in the table and those in the archive together, as of one moment. */
@Component
public class MonthReport {

    /** Months begin so much sooner or later somewhere than they do in UTC. */
    private static final Duration ZONES = Duration.ofDays(1);

    private static final List<String> ORDER = List.of("ISSUED", "REDEEMED", "EXPIRED", "REVOKED");

    private final Coupons coupons;
    private final Campaigns campaigns;
    private final Archives archives;
    private final ArchiveReader reader;
    private final TransactionTemplate snapshot;

    MonthReport(
            Coupons coupons,
            Campaigns campaigns,
            Archives archives,
            ArchiveReader reader,
            PlatformTransactionManager transactions) {
        this.coupons = coupons;
        this.campaigns = campaigns;
        this.archives = archives;
        this.reader = reader;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * Coupons that were issued in a month, and those that were redeemed, expired or taken back in it, by the time of their last
     * change; each in the month of its campaign's zone. Reads the archived objects that may have some.
     *
     * @param business null for all
     * @return by currency, then by what became of them
     */
    public List<MonthLine> of(YearMonth month, @Nullable String business) {
        var sums = new TreeMap<String, MonthLine>();
        var sources = new ArrayList<Source>();
        snapshot.executeWithoutResult(tx -> {
            coupons.holdTable();
            coupons.ofMonth(month, business).forEach(line -> add(sums, line));
            for (var object : archives.ofPeriod(
                    business,
                    start(month).minus(ZONES),
                    start(month.plusMonths(1)).plus(ZONES))) {
                sources.add(new Source(object, object.archived() < object.coupons() ? archives.codes(object) : null));
            }
        });
        try {
            for (var source : sources) {
                read(source, month, sums);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(sums.values());
    }

    private void read(Source source, YearMonth month, Map<String, MonthLine> sums) throws IOException {
        var zone = campaigns.byId(source.object.campaignId()).zone();
        var from = micros(month, zone);
        var until = micros(month.plusMonths(1), zone);
        var currency = archives.campaign(source.object.campaignId()).currency();
        reader.read(source.object, source.there, ArchiveSelection.of(null), coupon -> {
            if (coupon.issuedAt() >= from && coupon.issuedAt() < until) {
                add(sums, line(currency, "ISSUED", coupon));
            }
            if (coupon.updatedAt() >= from && coupon.updatedAt() < until) {
                add(sums, line(currency, coupon.status(), coupon));
            }
        });
    }

    private static MonthLine line(String currency, String what, ArchivedCoupon coupon) {
        return new MonthLine(currency, what, 1, coupon.faceValue());
    }

    private static void add(Map<String, MonthLine> sums, MonthLine line) {
        sums.merge(
                line.currency() + " " + ORDER.indexOf(line.what()),
                line,
                (a, b) -> new MonthLine(
                        a.currency(),
                        a.what(),
                        a.coupons() + b.coupons(),
                        Math.addExact(a.faceValue(), b.faceValue())));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static long micros(YearMonth month, ZoneId zone) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH,
                month.atDay(1).atStartOfDay(zone).withLaterOffsetAtOverlap().toInstant());
    }

    /** @param there null if all of it */
    private record Source(ArchiveObject object, @Nullable CodeBits there) {}
}

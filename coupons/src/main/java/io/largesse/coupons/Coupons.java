package io.largesse.coupons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Coupons that were issued. */
@Component
public class Coupons {

    private static final int MOST = 1000;

    private final CouponMapper coupons;
    private final CodeRanges ranges;

    Coupons(CouponMapper coupons, CodeRanges ranges) {
        this.coupons = coupons;
        this.ranges = ranges;
    }

    /** A user's coupons, newest first, at most 1,000. */
    public List<Coupon> ofUser(String user) {
        return coupons.ofUser(UserId.parse(user), MOST);
    }

    /** The coupon of a code, or null if nobody holds it. */
    public @Nullable Coupon find(CodeReading.Valid code) {
        var range = ranges.of(code);
        return range == null ? null : coupons.find(range.campaignId(), code.code());
    }

    /** The codes of all coupons of a campaign, in no order. In a transaction. */
    public void codesOf(Campaign campaign, Consumer<String> reader) {
        try (var codes = coupons.codes(campaign.id())) {
            codes.forEach(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Keeps partitions from being emptied until the end of the transaction; to be called first: a snapshot that is older than that
     * sees neither their coupons nor that they are archived.
     */
    public void holdTable() {
        coupons.holdTable();
    }

    /** What became of coupons of the table in a month, each in its campaign's zone. @param business null for all */
    public List<MonthLine> ofMonth(YearMonth month, @Nullable String business) {
        return coupons.ofMonth(month.atDay(1), month.plusMonths(1).atDay(1), business);
    }

    /** How many coupons of a campaign there are, archived ones too: they count against its stock. */
    public long count(Campaign campaign) {
        return coupons.count(campaign.id());
    }

    /** How many coupons a grant has issued. Looks through the campaign's coupons: for the rare moments when it matters. */
    public long countOfGrant(Grant grant) {
        return coupons.countOfGrant(grant);
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.CouponCount;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Money;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What taking a grant back means, or meant.
 *
 * @param counts its coupons by status, now
 * @param currency of their face values
 * @param allotted codes on record for it that have not become coupons
 * @param inCampaign coupons of the campaign, of whatever status: they count against its stock
 * @param inPool codes of the campaign that nobody holds
 */
public record RevokeSummary(
        Grant grant,
        Campaign campaign,
        List<CouponCount> counts,
        String currency,
        long allotted,
        long inCampaign,
        long inPool) {

    /** Statuses of coupons whose worth is gone, or about to go. */
    public static final Set<String> SPENT = Set.of("LOCKED", "REDEEMED");

    public RevokeSummary {
        counts = List.copyOf(counts);
    }

    public long coupons(Collection<String> statuses) {
        return counts.stream()
                .filter(c -> statuses.contains(c.status()))
                .mapToLong(CouponCount::coupons)
                .sum();
    }

    public Money faceValue(Collection<String> statuses) {
        var minor = counts.stream()
                .filter(c -> statuses.contains(c.status()))
                .mapToLong(CouponCount::faceValue)
                .sum();
        return Money.ofMinor(minor, currency);
    }
}

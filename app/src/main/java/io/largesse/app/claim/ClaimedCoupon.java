package io.largesse.app.claim;

import io.largesse.app.claim.CampaignBoard.Posted;
import io.largesse.coupons.Coupon;
import io.largesse.pools.ClaimAnswer.Claimed;
import io.largesse.pools.UserClaim;
import java.time.Instant;

/** A coupon as programs see it. Ids are strings; amounts are minor units of the currency. */
record ClaimedCoupon(
        String code,
        String campaign,
        String status,
        String source,
        Instant issuedAt,
        Instant validFrom,
        Instant validTo,
        String faceValue,
        String currency) {

    private static final String CLAIM = "CLAIM";

    static ClaimedCoupon of(Posted posted, Claimed claimed) {
        return of(posted, claimed.code(), claimed.at(), claimed.validTo());
    }

    static ClaimedCoupon of(Posted posted, UserClaim claim) {
        return of(posted, claim.code(), claim.at(), claim.validTo());
    }

    private static ClaimedCoupon of(Posted posted, String code, Instant at, Instant validTo) {
        var fixed = posted.campaign().validFrom();
        return new ClaimedCoupon(
                code,
                posted.campaign().name(),
                "ISSUED",
                CLAIM,
                at,
                fixed != null ? fixed : at,
                validTo,
                Long.toString(posted.faceValue()),
                posted.currency());
    }

    static ClaimedCoupon of(Coupon coupon) {
        return new ClaimedCoupon(
                coupon.code(),
                coupon.campaign(),
                coupon.status(),
                coupon.sourceKind(),
                coupon.issuedAt(),
                coupon.validFrom(),
                coupon.validTo(),
                Long.toString(coupon.faceValue()),
                coupon.currency());
    }
}

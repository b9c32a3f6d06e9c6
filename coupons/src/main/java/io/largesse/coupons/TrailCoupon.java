package io.largesse.coupons;

import java.time.Instant;

/**
 * A coupon of a user, as it stands.
 *
 * @param updatedAt since when it has its status
 */
public record TrailCoupon(
        String code,
        long campaignId,
        String sourceKind,
        long sourceId,
        String status,
        Instant issuedAt,
        Instant updatedAt) {

    boolean isOf(Grant grant) {
        return sourceKind.equals("GRANT") && sourceId == grant.id();
    }
}

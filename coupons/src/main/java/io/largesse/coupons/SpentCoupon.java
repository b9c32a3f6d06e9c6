package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A coupon that cannot be taken back: it is spent, being spent, or expired.
 *
 * @param seq of its recipient in the grant
 * @param orderId of the order it was spent on, if that is known
 * @param updatedAt when it got its status
 */
public record SpentCoupon(
        long seq,
        String userId,
        String code,
        String status,
        @Nullable String orderId,
        long faceValue,
        Instant issuedAt,
        Instant updatedAt) {}

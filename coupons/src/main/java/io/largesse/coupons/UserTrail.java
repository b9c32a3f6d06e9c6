package io.largesse.coupons;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a user has or has not got something.
 *
 * @param userId the canonical form of what was typed
 * @param problem why that is no user id; null if it is one
 * @param pattern what the campaign asks of user ids, if this one does not fit; null otherwise
 * @param grants those whose lists have a row of his, newest first
 * @param others coupons that no grant gave him
 * @param lists how many grants' lists were looked through
 * @param purged how many grants' lists are not there any more to be looked through
 * @param unread grants whose lists are yet to be read to their end
 */
public record UserTrail(
        String userId,
        @Nullable Message problem,
        @Nullable String pattern,
        List<GrantTrail> grants,
        List<TrailCoupon> others,
        long lists,
        long purged,
        List<Grant> unread) {

    public UserTrail {
        grants = List.copyOf(grants);
        others = List.copyOf(others);
        unread = List.copyOf(unread);
    }
}

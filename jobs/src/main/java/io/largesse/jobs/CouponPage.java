package io.largesse.jobs;

import java.util.List;

/**
 * The coupons of one transaction: positions {@code first} on of a part of a grant, a code each.
 *
 * @param users the users of the recipients who own these positions, in order
 */
record CouponPage(int part, long first, List<String> codes, List<String> users) {

    /** The position after the page's last. */
    long next() {
        return first + codes.size();
    }
}

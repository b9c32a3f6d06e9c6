package io.largesse.archive;

import java.io.IOException;

/** Takes one coupon after the other. */
@FunctionalInterface
public interface CouponConsumer {

    void accept(ArchivedCoupon coupon) throws IOException;
}

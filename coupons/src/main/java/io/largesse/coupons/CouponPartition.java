package io.largesse.coupons;

/**
 * A part of the coupon table, with the coupons of 50 campaigns.
 *
 * @param firstCampaign the least id of a campaign that it may have coupons of; the others follow it
 * @param pages of 8 KiB each
 */
public record CouponPartition(String name, long firstCampaign, long pages) {

    private static final String PREFIX = "coupon_";

    /** Of which its name is known, and not how many pages it has. */
    public static CouponPartition named(String name) {
        return new CouponPartition(name, Long.parseLong(name.substring(PREFIX.length())), 0);
    }
}

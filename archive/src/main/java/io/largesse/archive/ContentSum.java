package io.largesse.archive;

import org.jspecify.annotations.Nullable;

/**
 * A sum over all fields of coupons, the same in whatever order they come: FNV-1a of each coupon (Fowler, Noll, Vo), mixed as
 * MurmurHash3 ends, added up. It tells that two sets differ by accident, not by somebody's design. Not thread safe.
 */
final class ContentSum {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long coupons;
    private long sum;

    void add(ArchivedCoupon c) {
        long hash = BASIS;
        hash = with(hash, c.code());
        hash = with(hash, c.campaignId());
        hash = with(hash, c.userId());
        hash = with(hash, c.sourceKind());
        hash = with(hash, c.sourceId());
        hash = with(hash, c.ordinal());
        hash = with(hash, c.status());
        hash = with(hash, c.issuedAt());
        hash = with(hash, c.validFrom());
        hash = with(hash, c.validTo());
        hash = with(hash, c.faceValue());
        hash = with(hash, c.orderId());
        hash = with(hash, c.updatedAt());
        sum += mixed(hash);
        coupons++;
    }

    long coupons() {
        return coupons;
    }

    @Override
    public String toString() {
        return coupons + "-" + Long.toHexString(sum);
    }

    private static long with(long hash, @Nullable String text) {
        if (text == null) {
            return with(hash, -1L);
        }
        long with = hash;
        for (int i = 0; i < text.length(); i++) {
            with = (with ^ text.charAt(i)) * PRIME;
        }
        return with(with, text.length());
    }

    private static long with(long hash, long value) {
        return mixed((hash ^ value) * PRIME);
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}

package io.largesse.archive;

import org.jspecify.annotations.Nullable;

/**
 * A sum over all fields of coupons, the same in whatever order they come: a product over the words of each coupon, mixed as
 * MurmurHash3 ends, added up. It tells that two sets differ by accident, not by somebody's design. Not thread safe.
 */
final class ContentSum {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x9e3779b97f4a7c15L; // odd, its bits as if by chance
    private static final int FOUR = 4;

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
        int i = 0;
        for (int last = text.length() - FOUR; i <= last; i += FOUR) {
            with = with(with, four(text, i));
        }
        for (; i < text.length(); i++) {
            with = with(with, text.charAt(i));
        }
        return with(with, text.length());
    }

    private static long four(String text, int at) {
        return text.charAt(at)
                | (long) text.charAt(at + 1) << 16
                | (long) text.charAt(at + 2) << 32
                | (long) text.charAt(at + 3) << 48;
    }

    private static long with(long hash, long value) {
        long with = (hash ^ value) * PRIME;
        return with ^ with >>> 32;
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}

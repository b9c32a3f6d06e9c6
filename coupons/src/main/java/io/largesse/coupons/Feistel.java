package io.largesse.coupons;

/**
 * A keyed permutation of the numbers of {@code 2 * halfBits} bits: a balanced Feistel network of ten rounds (as many as
 * NIST's FF1; Luby and Rackoff's proof needs four), each round a pseudorandom function of the round and one half. Being a
 * permutation whatever the function is, it keeps distinct serials distinct. Not thread safe.
 */
final class Feistel {

    private static final int ROUNDS = 10;

    private final int halfBits;
    private final long mask;
    private final BlockPrf prf;

    Feistel(int halfBits, BlockPrf prf) {
        this.halfBits = halfBits;
        this.mask = (1L << halfBits) - 1;
        this.prf = prf;
    }

    /** Replaces the first n values (n at most {@link BlockPrf#BATCH}) by their images. */
    void forward(long[] values, int n) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < n; i++) {
                prf.set(i, round, values[i] & mask);
            }
            prf.apply(n);
            for (int i = 0; i < n; i++) {
                long left = values[i] >>> halfBits;
                long right = values[i] & mask;
                values[i] = right << halfBits | (left ^ prf.bits(i, halfBits));
            }
        }
    }

    /** Replaces the first n values (n at most {@link BlockPrf#BATCH}) by the numbers whose images they are. */
    void inverse(long[] values, int n) {
        for (int round = ROUNDS - 1; round >= 0; round--) {
            for (int i = 0; i < n; i++) {
                prf.set(i, round, values[i] >>> halfBits);
            }
            prf.apply(n);
            for (int i = 0; i < n; i++) {
                long right = values[i] >>> halfBits;
                long left = (values[i] & mask) ^ prf.bits(i, halfBits);
                values[i] = left << halfBits | right;
            }
        }
    }

    /** The number whose image this is. */
    long inverse(long image) {
        long value = image;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long right = value >>> halfBits;
            prf.set(0, round, right);
            prf.apply(1);
            long left = (value & mask) ^ prf.bits(0, halfBits);
            value = left << halfBits | right;
        }
        return value;
    }
}

package io.largesse.coupons;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Serials of one prefix and date as thirteen characters: the permuted serial (36 bits), then a MAC of it (29 bits). The
 * permutation hides how many codes there are and which come next; the MAC makes a mistyped or invented code visible
 * without a look-up. Not thread safe.
 */
final class OpaqueSerials {

    static final int SERIAL_BITS = 36;
    static final int MAC_BITS = 29;
    static final int CHARACTERS = (SERIAL_BITS + MAC_BITS) / 5;

    /** The 65 bits do not fit a long, so they are written as 35 and 30. */
    private static final int HEAD = (SERIAL_BITS - 1) / 5;

    private static final int TAIL = CHARACTERS - HEAD;

    private final Feistel permutation;
    private final BlockPrf mac;
    private final int macBits;
    private final long[] batch = new long[BlockPrf.BATCH];

    /** @param keys 32 bytes: 16 for the permutation, 16 for the MAC */
    OpaqueSerials(byte[] keys) {
        this(keys, MAC_BITS);
    }

    /** With a MAC of fewer bits (the others are not looked at), so that a test can see forgeries pass as often as they should. */
    OpaqueSerials(byte[] keys, int macBits) {
        this.permutation = new Feistel(SERIAL_BITS / 2, new BlockPrf(Arrays.copyOfRange(keys, 0, 16)));
        this.mac = new BlockPrf(Arrays.copyOfRange(keys, 16, 32));
        this.macBits = macBits;
    }

    /** Writes n consecutive serials (n at most {@link BlockPrf#BATCH}), one every {@code stride} bytes. */
    void write(long firstSerial, int n, byte[] into, int at, int stride) {
        for (int i = 0; i < n; i++) {
            batch[i] = firstSerial + i;
        }
        permutation.forward(batch, n);
        for (int i = 0; i < n; i++) {
            mac.set(i, 0, batch[i]);
        }
        mac.apply(n);
        for (int i = 0; i < n; i++) {
            long tail = (batch[i] & 1) << MAC_BITS | mac.bits(i, macBits);
            Crockford.write(batch[i] >>> 1, into, at + i * stride, HEAD);
            Crockford.write(tail, into, at + i * stride + HEAD, TAIL);
        }
    }

    /**
     * The serials of many codes, with one call of the cipher a round for all of them: their digits begin at the same place.
     *
     * @param codes at most {@link BlockPrf#BATCH}
     * @param serials filled in; 0 where there is none
     */
    void read(List<String> codes, int at, long[] serials) {
        int n = codes.size();
        for (int i = 0; i < n; i++) {
            long head = Crockford.read(codes.get(i), at, HEAD);
            long tail = Crockford.read(codes.get(i), at + HEAD, TAIL);
            batch[i] = head < 0 || tail < 0 ? 0 : head << 1 | tail >>> MAC_BITS;
            serials[i] = tail;
            mac.set(i, 0, batch[i]);
        }
        mac.apply(n);
        for (int i = 0; i < n; i++) {
            boolean genuine = serials[i] >= 0 && mac.bits(i, macBits) == (serials[i] & ((1L << macBits) - 1));
            serials[i] = genuine ? 1 : 0;
        }
        permutation.inverse(batch, n);
        for (int i = 0; i < n; i++) {
            serials[i] *= batch[i];
        }
    }

    /** The serial of these thirteen digits, or nothing if the MAC does not belong to it. */
    OptionalLong read(CharSequence text, int at) {
        long head = Crockford.read(text, at, HEAD);
        long tail = Crockford.read(text, at + HEAD, TAIL);
        if (head < 0 || tail < 0) {
            return OptionalLong.empty();
        }
        long permuted = head << 1 | tail >>> MAC_BITS;
        mac.set(0, 0, permuted);
        mac.apply(1);
        if (mac.bits(0, macBits) != (tail & ((1L << macBits) - 1))) {
            return OptionalLong.empty();
        }
        long serial = permutation.inverse(permuted);
        return serial == 0 ? OptionalLong.empty() : OptionalLong.of(serial);
    }
}

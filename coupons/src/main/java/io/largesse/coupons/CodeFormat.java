package io.largesse.coupons;

/** How the last part of a code, {@code PREFIX-YYYYMMDD-…}, is written. A campaign's codes are all of one format. */
public enum CodeFormat {

    /**
     * Nine digits, {@code SUMMER-20261122-001234567}. Anyone can guess the next one: for codes that only their holder
     * can use.
     */
    SEQUENTIAL(9, 999_999_999L),

    /**
     * Thirteen characters of Crockford's base 32, {@code SUMMER-20261122-7K3M9QXZT4B2P}: 36 bits of a keyed permutation
     * of the serial and 29 bits of a message authentication code. One guess in 2^29 (537 million) passes for genuine.
     */
    OPAQUE(OpaqueSerials.CHARACTERS, (1L << OpaqueSerials.SERIAL_BITS) - 1);

    private final int characters;
    private final long maxSerial;

    CodeFormat(int characters, long maxSerial) {
        this.characters = characters;
        this.maxSerial = maxSerial;
    }

    /** The largest serial of one prefix and date; the smallest is 1. */
    public long maxSerial() {
        return maxSerial;
    }

    /** The length of the last part, in characters. */
    int characters() {
        return characters;
    }
}

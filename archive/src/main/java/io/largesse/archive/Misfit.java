package io.largesse.archive;

import io.largesse.coupons.Printable;

/**
 * A coupon that cannot be archived, since its code could not be kept as used.
 *
 * @param twice whether another coupon of the file has the code; else it was not generated for the campaign, or its key is missing
 */
public record Misfit(String campaign, String code, boolean twice) {

    /** For people who run the job. */
    @Override
    public String toString() {
        return "coupon " + Printable.of(code) + " of " + campaign
                + (twice
                        ? " is there twice"
                        : " has a code that was not generated for it, or with a key that is missing");
    }
}

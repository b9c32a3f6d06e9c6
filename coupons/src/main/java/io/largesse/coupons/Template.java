package io.largesse.coupons;

import org.jspecify.annotations.Nullable;

/** One version of a template: what a coupon is worth and where it may be used. Versions never change. */
public record Template(
        long id,
        String name,
        int version,
        String title,
        @Nullable String description,
        Benefit benefit,
        Limits limits) {

    /** As people write it: {@code ten-off@2}. */
    public String reference() {
        return name + "@" + version;
    }
}

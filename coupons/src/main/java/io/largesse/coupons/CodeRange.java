package io.largesse.coupons;

import java.time.LocalDate;

/** Serials of one prefix and date that were given to one campaign, {@code firstSerial} to {@code lastSerial} inclusive. */
public record CodeRange(
        long id,
        String prefix,
        LocalDate date,
        long firstSerial,
        long lastSerial,
        long campaignId,
        CodeFormat codeFormat,
        String state) {

    public long count() {
        return lastSerial - firstSerial + 1;
    }
}

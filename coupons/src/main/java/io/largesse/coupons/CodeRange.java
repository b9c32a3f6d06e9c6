package io.largesse.coupons;

import java.time.LocalDate;

/**
 * Serials of one prefix and date that were given to one campaign, {@code firstSerial} to {@code lastSerial} inclusive.
 *
 * @param mayGrow whether a run is to push codes of it yet
 */
public record CodeRange(
        long id,
        String prefix,
        LocalDate date,
        long firstSerial,
        long lastSerial,
        long campaignId,
        CodeFormat codeFormat,
        String state,
        boolean mayGrow) {

    /** Whether its codes belong to a pool that the campaign has left: those that nobody had then are void. */
    public boolean isLeft() {
        return state.equals("VOID");
    }

    public boolean has(CodeReading.Valid code) {
        return prefix.equals(code.prefix())
                && date.equals(code.date())
                && firstSerial <= code.serial()
                && code.serial() <= lastSerial;
    }

    public long count() {
        return lastSerial - firstSerial + 1;
    }
}

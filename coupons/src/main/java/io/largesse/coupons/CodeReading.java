package io.largesse.coupons;

import java.time.LocalDate;

/** What {@link CodeReader} found in a typed text. */
public sealed interface CodeReading {

    /**
     * A code that was, or could have been, made here: whether its serial was given to a campaign only the code ranges
     * tell.
     *
     * @param code its one printed form
     */
    record Valid(String code, CodeFormat format, String prefix, LocalDate date, long serial) implements CodeReading {}

    /** Not of the form of a code. */
    record Malformed(Message why) implements CodeReading {}

    /** Of the form of an opaque code, and not one of ours: mistyped, invented, or of another installation. */
    record Forged(Message why) implements CodeReading {}
}

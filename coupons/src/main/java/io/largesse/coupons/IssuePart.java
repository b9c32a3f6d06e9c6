package io.largesse.coupons;

/**
 * A part of a grant's positions, issued in order.
 *
 * @param next the position to be issued next; {@code last + 1} when all are
 */
public record IssuePart(int part, long first, long last, long next) {

    public boolean isDone() {
        return next > last;
    }
}

package io.largesse.coupons;

/** What stands of a range of positions in the table of coupons: how many, and the last (0 if none). */
record IssuedPositions(long count, long last) {}

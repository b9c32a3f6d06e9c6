package io.largesse.coupons;

/**
 * A process's hold on a run. The token is raised at each take-over: what an older holder writes is refused by the
 * database.
 */
public record RunHold(long run, long token) {}

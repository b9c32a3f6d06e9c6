package io.largesse.coupons;

/**
 * How many runs of a job are in a state that somebody may have to look at.
 *
 * @param oldestSeconds since the first of them started
 * @param silent those that are on record as running, and whose process gives no sign
 */
public record RunFigure(String job, RunState state, long runs, double oldestSeconds, long silent) {}

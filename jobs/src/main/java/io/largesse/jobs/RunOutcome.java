package io.largesse.jobs;

import io.largesse.coupons.Message;
import io.largesse.coupons.RunState;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param state DONE, STOPPED, FAILED or REFUSED
 * @param why what refused it or made it fail; null otherwise
 */
public record RunOutcome(long run, RunState state, @Nullable Message why) {}

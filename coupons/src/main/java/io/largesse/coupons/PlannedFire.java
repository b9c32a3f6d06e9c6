package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time at which a schedule was due, and why it does not run; null if it does. */
public record PlannedFire(Instant at, @Nullable Message skipped) {}

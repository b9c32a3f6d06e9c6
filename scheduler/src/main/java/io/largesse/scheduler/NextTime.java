package io.largesse.scheduler;

import java.time.ZonedDateTime;

/**
 * A time at which a schedule will be due.
 *
 * @param clockChanges whether the zone's clock is put forward or back between the time before and this one
 */
public record NextTime(ZonedDateTime at, boolean clockChanges) {}

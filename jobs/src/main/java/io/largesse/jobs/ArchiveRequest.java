package io.largesse.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run of archive-coupons is to archive.
 *
 * @param campaign null for all
 * @param cutoff coupons that have not changed since then
 */
record ArchiveRequest(@Nullable Long campaign, Instant cutoff) {}

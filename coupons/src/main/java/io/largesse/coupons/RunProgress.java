package io.largesse.coupons;

import java.time.Instant;

/** How far a run is, as its heartbeat tells. */
public record RunProgress(
        String phase, long done, long total, int partitionsDone, int partitions, Instant phaseStartedAt) {}

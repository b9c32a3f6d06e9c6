package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a job, with its lease and its progress.
 *
 * @param subject what it works on: "grant 42", "campaign summer"
 * @param cause who or what started it
 * @param owner the process that runs it
 * @param attempts how often it was started or taken over
 * @param alive whether its lease still holds, by the database's clock
 * @param campaignId whose codes it moves, see {@link RunSpec}
 * @param handedOver whether its own node asked it to stop, for others to go on with
 * @param done of {@code total}, in rows (or codes) of the phase
 */
public record Run(
        long id,
        String job,
        String subject,
        String parameters,
        String cause,
        RunState state,
        String owner,
        int attempts,
        boolean alive,
        String phase,
        long done,
        long total,
        int partitionsDone,
        int partitions,
        @Nullable Instant phaseStartedAt,
        @Nullable String message,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long campaignId,
        boolean alone,
        boolean handedOver) {}

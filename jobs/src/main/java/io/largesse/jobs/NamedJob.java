package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.time.Instant;
import java.util.function.Consumer;

/** A job as people and schedules know it: by its name, with its parameters as words. */
interface NamedJob {

    JobDescription description();

    /** Runs it in the calling thread. */
    RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress);

    /** Goes on with a run of it that stopped, failed or died. */
    RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress);

    /** Whether it needs nobody beside it: no file, and nothing to be decided. */
    default boolean isForSchedules() {
        return false;
    }

    /** Refused if a schedule could not run it with these words at the time for which it is planned. */
    default void check(JobWords words, Instant planned) {}
}

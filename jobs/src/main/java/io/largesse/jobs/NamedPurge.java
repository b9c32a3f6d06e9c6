package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code purge-history}. */
@Component
final class NamedPurge implements NamedJob {

    private final HistoryDesk history;

    NamedPurge(HistoryDesk history) {
        this.history = history;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                HistoryDesk.JOB,
                "forgets records of runs that ended before then, and lists of grants; what is unfinished stays",
                List.of("before", "[lists-before]"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        return history.purge(words.instant("before"), words.instantIfGiven("lists-before"), by, progress);
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return history.restart(run.id(), progress);
    }

    @Override
    public void check(JobWords words, Instant planned) {
        HistoryDesk.requireOld(words.instant("before"), words.instantIfGiven("lists-before"), planned);
    }

    @Override
    public boolean isForSchedules() {
        return true;
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code reconcile}. */
@Component
final class NamedReconcile implements NamedJob {

    private final BookDesk books;

    NamedReconcile(BookDesk books) {
        this.books = books;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                BookDesk.JOB,
                "compares what was generated with where it stands; with repair=yes rebuilds pools that are wrong",
                List.of("[campaign]", "[repair]"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        var campaign = words.campaignIfGiven();
        return words.isYes("repair")
                ? books.repair(campaign, by, progress, found -> {})
                : books.reconcile(campaign, by, progress, found -> {});
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return books.restart(run.id(), progress);
    }

    @Override
    public void check(JobWords words, Instant planned) {
        var unused = words.isYes("repair");
    }

    @Override
    public boolean isForSchedules() {
        return true;
    }
}

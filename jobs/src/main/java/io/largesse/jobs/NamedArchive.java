package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code archive-coupons}. */
@Component
final class NamedArchive implements NamedJob {

    private final ArchiveDesk archive;

    NamedArchive(ArchiveDesk archive) {
        this.archive = archive;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                ArchiveDesk.JOB,
                "moves coupons of ended campaigns to the object store that nothing has happened to since then",
                List.of("before", "[campaign]"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        return archive.archive(words.campaignIfGiven(), words.instant("before"), by, progress);
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return archive.restart(run.id(), progress);
    }

    @Override
    public void check(JobWords words, Instant planned) {
        ArchiveDesk.requirePast(words.instant("before"), planned);
    }

    @Override
    public boolean isForSchedules() {
        return true;
    }
}

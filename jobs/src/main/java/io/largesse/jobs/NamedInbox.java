package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code take-inbox}. */
@Component
final class NamedInbox implements NamedJob {

    private final InboxDesk inbox;

    NamedInbox(InboxDesk inbox) {
        this.inbox = inbox;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                InboxDesk.JOB,
                "grants the lists that are complete in the object store under inbox/CAMPAIGN/, and moves them",
                List.of("[campaign]"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        return inbox.take(words.campaignIfGiven(), by, progress);
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return inbox.restart(run.id(), by, progress);
    }

    @Override
    public boolean isForSchedules() {
        return true;
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.Runs;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** What schedules and operators ask about the inbox. It works in the calling thread. */
@Component
public class InboxDesk {

    static final String JOB = "take-inbox";

    static final String CAMPAIGN = "campaign";
    static final String BY = "by";
    static final String ORIGIN = "origin";

    private static final String PARAMETER = "campaign=";

    private final Job takeInbox;
    private final JobRunner runner;
    private final Runs runs;

    InboxDesk(Job takeInbox, JobRunner runner, Runs runs) {
        this.takeInbox = takeInbox;
        this.runner = runner;
        this.runs = runs;
    }

    /**
     * Takes the lists that are complete, one grant each, and moves them to {@code done/} or {@code refused/}. Refused while
     * another run takes lists, whatever campaigns they are for. A refused list does not make the run fail; a store or database
     * that is away does, and what was not taken stays for the next run.
     *
     * @param campaign null for all
     */
    public RunOutcome take(@Nullable Campaign campaign, Actor by, Consumer<RunProgress> progress) {
        var name = campaign == null ? null : campaign.name();
        var spec = RunSpec.of(JOB, "inbox", name == null ? "" : PARAMETER + name);
        return work(runner.start(spec, by), name, by, progress);
    }

    /** Goes on with a run that stopped, failed or died: it looks again at all that is there. */
    RunOutcome restart(long run, Actor by, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        var name = known.parameters().isEmpty() ? null : known.parameters().substring(PARAMETER.length());
        return work(runner.takeOver(known, progress), name, by, progress);
    }

    private RunOutcome work(RunHold hold, @Nullable String campaign, Actor by, Consumer<RunProgress> progress) {
        var parameters = new JobParametersBuilder()
                .addLong(Fence.RUN, hold.run())
                .addString(BY, by.name(), false)
                .addString(ORIGIN, by.origin(), false);
        if (campaign != null) {
            parameters.addString(CAMPAIGN, campaign);
        }
        return runner.run(takeInbox, hold, parameters.toJobParameters(), progress, outcome -> {});
    }
}

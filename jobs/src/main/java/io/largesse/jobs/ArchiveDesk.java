package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Archives;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** What operators ask when coupons are of the past. It works in the calling thread. */
@Component
public class ArchiveDesk {

    static final String JOB = "archive-coupons";

    private static final String SUBJECT = "coupons";

    private static final Pattern PARAMETERS = Pattern.compile("(?:campaign=(\\d+) )?before=(\\S+)");

    private final Job archiveCoupons;
    private final JobRunner runner;
    private final Runs runs;
    private final Campaigns campaigns;
    private final Archives archives;
    private final Clock clock;

    ArchiveDesk(Job archiveCoupons, JobRunner runner, Runs runs, Campaigns campaigns, Archives archives, Clock clock) {
        this.archiveCoupons = archiveCoupons;
        this.runner = runner;
        this.runs = runs;
        this.campaigns = campaigns;
        this.archives = archives;
        this.clock = clock;
    }

    /**
     * Moves coupons of campaigns that have ended to the object store, if they are spent, expired or taken back, and nothing
     * has happened to them since then. While everything goes on.
     *
     * @param campaign null for all that have ended; refused if it has not
     * @param before an instant, not in the future
     */
    public RunOutcome archive(@Nullable Campaign campaign, Instant before, Actor by, Consumer<RunProgress> progress) {
        requirePast(before, clock.instant());
        if (campaign != null && campaign.status() != CampaignStatus.ENDED) {
            throw RefusedException.of("jobs.archive.not-ended", campaign.name(), campaign.status());
        }
        if (campaign != null && archives.settled(campaign.id()).isEmpty()) {
            throw RefusedException.of("jobs.archive.unfinished", campaign.name());
        }
        var request = new ArchiveRequest(campaign == null ? null : campaign.id(), before);
        var parameters = (campaign == null ? "" : "campaign=" + campaign.id() + " ") + "before=" + before;
        giveUp(runs.last(JOB, SUBJECT), progress);
        return work(runner.start(RunSpec.of(JOB, SUBJECT, parameters), by), request, progress);
    }

    /** What it had exported is removed by the one that comes now, so it could not go on; and it is no failure any more. */
    private void giveUp(@Nullable Run last, Consumer<RunProgress> progress) {
        if (last != null && (last.state() == RunState.FAILED || last.state() == RunState.STOPPED)) {
            runs.end(runner.takeOver(last, progress), RunState.REFUSED, "given up for another run");
        }
    }

    static void requirePast(Instant before, Instant now) {
        if (before.isAfter(now)) {
            throw RefusedException.of("jobs.archive.future", before, now);
        }
    }

    /** Goes on with a run that stopped, failed or died. */
    RunOutcome restart(long run, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        var parameters = PARAMETERS.matcher(known.parameters());
        if (!known.job().equals(JOB) || !parameters.matches()) {
            throw RefusedException.of("jobs.run.other-job", run, known.job());
        }
        var last = runs.last(JOB, SUBJECT);
        if (last != null && last.id() > run) {
            throw RefusedException.of(
                    "jobs.archive.newer", run, last.id()); // which has removed what this one had exported
        }
        var id = parameters.group(1);
        var request = new ArchiveRequest(
                id == null ? null : campaigns.byId(Long.parseLong(id)).id(), Instant.parse(parameters.group(2)));
        return work(runner.takeOver(known, progress), request, progress);
    }

    private RunOutcome work(RunHold hold, ArchiveRequest request, Consumer<RunProgress> progress) {
        var parameters = new JobParametersBuilder()
                .addLong(Fence.RUN, hold.run())
                .addString(ArchiveWork.BEFORE, request.cutoff().toString());
        if (request.campaign() != null) {
            parameters.addLong(CodeRun.CAMPAIGN, request.campaign());
        }
        return runner.run(archiveCoupons, hold, parameters.toJobParameters(), progress, outcome -> {});
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Grant;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.pools.Pools;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** What operators ask about codes. All of it works in the calling thread. */
@Component
public class CodeDesk {

    static final String JOB = "generate-codes";

    private static final Pattern PARAMETERS = Pattern.compile("campaign=(\\d+) count=(\\d+)");

    private final Job generateCodes;
    private final JobRunner runner;
    private final Runs runs;
    private final Pools pools;
    private final Allotments allotments;

    CodeDesk(Job generateCodes, JobRunner runner, Runs runs, Pools pools, Allotments allotments) {
        this.generateCodes = generateCodes;
        this.runner = runner;
        this.runs = runs;
        this.pools = pools;
        this.allotments = allotments;
    }

    /** Generates codes within the stock. Several runs at once are safe: each has serials of its own. */
    public RunOutcome generate(Campaign campaign, long count, Actor by, Consumer<RunProgress> progress) {
        if (count < 1 || count > campaign.ungenerated()) {
            throw RefusedException.of("coupons.stock.too-small", campaign.name(), count, campaign.ungenerated());
        }
        return generate("codes of " + campaign.name() + " for " + by.requestId(), campaign, count, by, progress);
    }

    /** What a run works on that generates the codes a grant lacks. */
    static String subject(Grant grant) {
        return "codes for " + grant.subject();
    }

    /** Generates what a grant lacks; first goes on with what an earlier attempt has left. */
    RunOutcome generateFor(Grant grant, Campaign campaign, Actor by, Consumer<RunProgress> progress) {
        var last = runs.last(JOB, subject(grant));
        if (last != null && last.state() != RunState.DONE && last.state() != RunState.REFUSED) {
            var outcome = restart(last.id(), by, progress);
            if (outcome.state() != RunState.DONE) {
                return outcome;
            }
        }
        pools.moves().finish(campaign.pool());
        // codes that an earlier attempt gives back are on their way to the pool, and are taken from there
        var missing = grant.codesNeeded()
                - allotments.count(grant.id())
                - allotments.onTheirWayBack(grant.id())
                - pools.level(campaign.pool()).sum();
        return missing <= 0
                ? new RunOutcome(0, RunState.DONE, null)
                : generate(subject(grant), campaign, missing, by, progress);
    }

    private RunOutcome generate(
            String subject, Campaign campaign, long count, Actor by, Consumer<RunProgress> progress) {
        if (count > campaign.ungenerated()) {
            throw RefusedException.of("coupons.stock.too-small", campaign.name(), count, campaign.ungenerated());
        }
        var parameters = "campaign=" + campaign.id() + " count=" + count;
        var hold = runner.start(RunSpec.beside(JOB, subject, parameters, campaign.id()), by);
        return work(hold, campaign.id(), count, progress);
    }

    /** Generates what is missing to a pool level; nothing (DONE, run 0) if the pool has as many already. */
    public RunOutcome generateToLevel(Campaign campaign, long level, Actor by, Consumer<RunProgress> progress) {
        var missing = level - pools.level(campaign.pool()).sum();
        return missing <= 0 ? new RunOutcome(0, RunState.DONE, null) : generate(campaign, missing, by, progress);
    }

    /** Goes on with a run that stopped, failed or died. */
    public RunOutcome restart(long run, Actor by, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        var parameters = PARAMETERS.matcher(known.parameters());
        if (!known.job().equals(JOB) || !parameters.matches()) {
            throw RefusedException.of("jobs.run.other-job", run, known.job());
        }
        return restart(known, Long.parseLong(parameters.group(1)), Long.parseLong(parameters.group(2)), progress);
    }

    private RunOutcome restart(Run run, long campaign, long count, Consumer<RunProgress> progress) {
        return work(runner.takeOver(run, progress), campaign, count, progress);
    }

    private RunOutcome work(
            io.largesse.coupons.RunHold hold, long campaign, long count, Consumer<RunProgress> progress) {
        var parameters = new JobParametersBuilder()
                .addLong(Fence.RUN, hold.run())
                .addLong(CodeRun.CAMPAIGN, campaign)
                .addLong(CodeRun.COUNT, count)
                .toJobParameters();
        return runner.run(generateCodes, hold, parameters, progress, outcome -> {});
    }
}

package io.largesse.jobs;

import static java.util.stream.Collectors.joining;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.Runs;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every job by name, with its parameters as words. */
@Component
public class JobDesk {

    private final List<NamedJob> jobs;
    private final GrantDesk grants;
    private final Campaigns campaigns;
    private final Runs runs;
    private final LiveRuns live;

    JobDesk(List<NamedJob> jobs, GrantDesk grants, Campaigns campaigns, Runs runs, LiveRuns live) {
        this.jobs = jobs.stream()
                .sorted(Comparator.comparing(job -> job.description().name()))
                .toList();
        this.grants = grants;
        this.campaigns = campaigns;
        this.runs = runs;
        this.live = live;
    }

    /** By their names. */
    public List<JobDescription> jobs() {
        return jobs.stream().map(NamedJob::description).toList();
    }

    /** Runs a job in the calling thread. Unknown names and parameters are refused. */
    public RunOutcome run(String name, Map<String, String> parameters, Actor by, Consumer<RunProgress> progress) {
        var job = known(name);
        return job.run(words(job, parameters), by, progress);
    }

    /** Refused if a schedule could not run the job with these parameters at the time for which it is planned. */
    public void check(String name, Map<String, String> parameters, Instant planned) {
        var job = known(name);
        var words = words(job, parameters);
        if (!job.isForSchedules()) {
            var others = names(jobs.stream().filter(NamedJob::isForSchedules).toList());
            throw RefusedException.of("jobs.job.not-scheduled", name, others);
        }
        words.requireAll();
        job.check(words, planned);
    }

    /** Goes on with a run that stopped, failed or died. */
    public RunOutcome restart(long id, Actor by, Consumer<RunProgress> progress) {
        var run = runs.find(id);
        var job = find(run.job());
        return job == null // of the two jobs of a grant
                ? grants.restart(NamedGrant.grantOf(run), by, progress)
                : job.restart(run, by, progress);
    }

    /** Asks a run to stop after its current chunk; false if it is not running. */
    public boolean stop(long id, Actor by) {
        var run = runs.find(id);
        return NamedGrant.isOfGrant(run) ? grants.stop(NamedGrant.grantOf(run), by) : runs.requestStop(id);
    }

    /** Whether this process works on the run: if it seems dead, this process was frozen, and is about to tell of itself. */
    public boolean isOfThisProcess(long run) {
        return live.isLive(run);
    }

    public List<Run> latest(int most) {
        return runs.latest(most);
    }

    private JobWords words(NamedJob job, Map<String, String> parameters) {
        return new JobWords(job.description(), parameters, campaigns);
    }

    private NamedJob known(String name) {
        var job = find(name);
        if (job == null) {
            throw RefusedException.of("jobs.job.unknown", name, names(jobs));
        }
        return job;
    }

    private @Nullable NamedJob find(String name) {
        return jobs.stream()
                .filter(job -> job.description().name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String names(List<NamedJob> jobs) {
        return jobs.stream().map(job -> job.description().name()).collect(joining(", "));
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.ArchiveSelection;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.coupons.UserId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every job by name, with its parameters as words. */
@Component
public class JobDesk {

    private static final JobDescription GENERATE = new JobDescription(
            CodeDesk.JOB, "generates codes into the campaign's pool", List.of("campaign", "[count]", "[to-level]"));
    private static final JobDescription GRANT = new JobDescription(
            "grant-coupons",
            "gives each user of a list coupons; with grant=, what a dry run has checked",
            List.of("[campaign]", "[file]", "[quantity]", "[column]", "[grant]"));
    private static final JobDescription REVOKE = new JobDescription(
            RevokeDesk.JOB, "takes a grant back: its unspent coupons and its unused codes", List.of("grant"));

    private static final JobDescription REBUILD = new JobDescription(
            PoolDesk.JOB,
            "voids every code of a campaign that nobody holds, and generates as many anew",
            List.of("campaign"));
    private static final JobDescription SWEEP = new JobDescription(
            SweepDesk.JOB,
            "marks unspent coupons past their end as expired, and voids the codes of campaigns that have ended",
            List.of("[campaign]", "[cutoff]"));
    private static final JobDescription ARCHIVE = new JobDescription(
            ArchiveDesk.JOB,
            "moves coupons of ended campaigns to the object store that nothing has happened to since then",
            List.of("before", "[campaign]"));
    private static final JobDescription RESTORE = new JobDescription(
            RestoreArchiveDesk.JOB,
            "brings archived coupons into the table again, until a time",
            List.of("until", "[campaign]", "[user]", "[code]", "[issued-from]", "[issued-until]"));
    private static final JobDescription PURGE = new JobDescription(
            HistoryDesk.JOB,
            "forgets records of runs that ended before then, and lists of grants; what is unfinished stays",
            List.of("before", "[lists-before]"));
    private static final JobDescription RECONCILE = new JobDescription(
            BookDesk.JOB,
            "compares what was generated with where it stands; with repair=yes rebuilds pools that are wrong",
            List.of("[campaign]", "[repair]"));

    private static final JobDescription INBOX = new JobDescription(
            InboxDesk.JOB,
            "grants the lists that are complete in the object store under inbox/CAMPAIGN/, and moves them",
            List.of("[campaign]"));

    /** Those that need nobody beside them: no file, and nothing to be decided. */
    private static final List<String> SCHEDULED =
            List.of(CodeDesk.JOB, SweepDesk.JOB, BookDesk.JOB, HistoryDesk.JOB, ArchiveDesk.JOB, InboxDesk.JOB);

    private final GrantDesk grants;
    private final RevokeDesk revocations;
    private final CodeDesk codes;
    private final PoolDesk pools;
    private final BookDesk books;
    private final SweepDesk sweeps;
    private final HistoryDesk history;
    private final ArchiveDesk archive;
    private final RestoreArchiveDesk restore;
    private final InboxDesk inbox;
    private final Campaigns campaigns;
    private final Runs runs;
    private final LiveRuns live;

    JobDesk(
            GrantDesk grants,
            RevokeDesk revocations,
            CodeDesk codes,
            PoolDesk pools,
            BookDesk books,
            SweepDesk sweeps,
            HistoryDesk history,
            ArchiveDesk archive,
            RestoreArchiveDesk restore,
            InboxDesk inbox,
            Campaigns campaigns,
            Runs runs,
            LiveRuns live) {
        this.grants = grants;
        this.revocations = revocations;
        this.codes = codes;
        this.pools = pools;
        this.books = books;
        this.sweeps = sweeps;
        this.history = history;
        this.archive = archive;
        this.restore = restore;
        this.inbox = inbox;
        this.campaigns = campaigns;
        this.runs = runs;
        this.live = live;
    }

    public List<JobDescription> jobs() {
        return List.of(GENERATE, GRANT, INBOX, REVOKE, REBUILD, SWEEP, RECONCILE, ARCHIVE, RESTORE, PURGE);
    }

    /** Runs a job in the calling thread. Unknown names and parameters are refused. */
    public RunOutcome run(String name, Map<String, String> parameters, Actor by, Consumer<RunProgress> progress) {
        return switch (known(name, parameters).name()) {
            case RevokeDesk.JOB ->
                revocations.revoke(number("grant", required(parameters, RevokeDesk.JOB, "grant")), by, progress);
            case CodeDesk.JOB -> generate(parameters, by, progress);
            case PoolDesk.JOB ->
                pools.rebuild(campaigns.byName(required(parameters, PoolDesk.JOB, "campaign")), by, progress);
            case BookDesk.JOB -> reconcile(parameters, by, progress);
            case SweepDesk.JOB -> sweeps.sweep(campaign(parameters), cutoff(parameters), by, progress);
            case HistoryDesk.JOB -> history.purge(before(parameters), listsBefore(parameters), by, progress);
            case ArchiveDesk.JOB ->
                archive.archive(
                        campaign(parameters),
                        instant("before", required(parameters, ArchiveDesk.JOB, "before")),
                        by,
                        progress);
            case RestoreArchiveDesk.JOB ->
                restore.restore(
                        selection(parameters),
                        instant("until", required(parameters, RestoreArchiveDesk.JOB, "until")),
                        by,
                        progress);
            case InboxDesk.JOB -> inbox.take(campaign(parameters), by, progress);
            default -> grant(parameters, by, progress);
        };
    }

    private ArchiveSelection selection(Map<String, String> parameters) {
        var campaign = campaign(parameters);
        var user = parameters.get("user");
        var from = parameters.get("issued-from");
        var until = parameters.get("issued-until");
        return new ArchiveSelection(
                campaign == null ? null : campaign.id(),
                user == null ? null : UserId.parse(user),
                parameters.get("code"),
                from == null ? null : instant("issued-from", from),
                until == null ? null : instant("issued-until", until));
    }

    /** Refused if a schedule could not run the job with these parameters at the time for which it is planned. */
    public void check(String name, Map<String, String> parameters, Instant planned) {
        var job = known(name, parameters);
        if (!SCHEDULED.contains(name)) {
            throw RefusedException.of("jobs.job.not-scheduled", name, String.join(", ", SCHEDULED));
        }
        for (var parameter : job.parameters()) {
            if (!parameter.startsWith("[")) {
                var unused = required(parameters, name, parameter);
            }
        }
        var campaign = campaign(parameters);
        var cutoff = cutoff(parameters);
        if (cutoff != null && cutoff.isAfter(planned)) {
            throw RefusedException.of("jobs.sweep.future", cutoff, planned);
        }
        var unusedRepair = isRepair(parameters);
        if (name.equals(HistoryDesk.JOB)) {
            HistoryDesk.requireOld(before(parameters), listsBefore(parameters), planned);
        }
        if (name.equals(ArchiveDesk.JOB)) {
            ArchiveDesk.requirePast(instant("before", required(parameters, name, "before")), planned);
        }
        if (name.equals(CodeDesk.JOB)) {
            var given = parameters.containsKey("to-level") ? "to-level" : "count";
            if (parameters.containsKey("count") && given.equals("to-level")) {
                throw RefusedException.of("jobs.job.one-of", "count", "to-level");
            }
            if (number(given, required(parameters, name, given)) < 1) {
                throw RefusedException.of("jobs.job.number", given, parameters.getOrDefault(given, ""));
            }
        }
        if (name.equals(CodeDesk.JOB) && campaign != null && campaign.status() == CampaignStatus.ENDED) {
            throw RefusedException.of("coupons.campaign.not-active", campaign.name(), campaign.status());
        }
    }

    /** Goes on with a run that stopped, failed or died. */
    public RunOutcome restart(long id, Actor by, Consumer<RunProgress> progress) {
        var run = runs.find(id);
        return switch (run.job()) {
            case CodeDesk.JOB -> codes.restart(id, by, progress);
            case RevokeDesk.JOB -> revocations.revoke(grantOf(run), by, progress);
            case PoolDesk.JOB -> pools.restart(id, progress);
            case BookDesk.JOB -> books.restart(id, progress);
            case SweepDesk.JOB -> sweeps.restart(id, by, progress);
            case HistoryDesk.JOB -> history.restart(id, progress);
            case ArchiveDesk.JOB -> archive.restart(id, progress);
            case RestoreArchiveDesk.JOB -> restore.restart(id, progress);
            case InboxDesk.JOB -> inbox.restart(id, by, progress);
            default -> grants.restart(grantOf(run), by, progress);
        };
    }

    /** Asks a run to stop after its current chunk; false if it is not running. */
    public boolean stop(long id, Actor by) {
        var run = runs.find(id);
        return switch (run.job()) {
            case CodeDesk.JOB,
                    PoolDesk.JOB,
                    BookDesk.JOB,
                    SweepDesk.JOB,
                    HistoryDesk.JOB,
                    ArchiveDesk.JOB,
                    RestoreArchiveDesk.JOB,
                    InboxDesk.JOB -> runs.requestStop(id);
            default -> grants.stop(grantOf(run), by);
        };
    }

    /** Whether this process works on the run: if it seems dead, this process was frozen, and is about to tell of itself. */
    public boolean isOfThisProcess(long run) {
        return live.isLive(run);
    }

    public List<Run> latest(int most) {
        return runs.latest(most);
    }

    private JobDescription known(String name, Map<String, String> parameters) {
        var job = jobs().stream()
                .filter(j -> j.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.of("jobs.job.unknown", name, String.join(", ", names())));
        for (var given : parameters.keySet()) {
            if (!job.parameters().contains(given) && !job.parameters().contains("[" + given + "]")) {
                throw RefusedException.of("jobs.job.parameter", name, given, String.join(", ", job.parameters()));
            }
        }
        return job;
    }

    private RunOutcome generate(Map<String, String> parameters, Actor by, Consumer<RunProgress> progress) {
        var campaign = campaigns.byName(required(parameters, GENERATE.name(), "campaign"));
        var level = parameters.get("to-level");
        return level != null
                ? codes.generateToLevel(campaign, number("to-level", level), by, progress)
                : codes.generate(
                        campaign, number("count", required(parameters, GENERATE.name(), "count")), by, progress);
    }

    private @Nullable Campaign campaign(Map<String, String> parameters) {
        var name = parameters.get("campaign");
        return name == null ? null : campaigns.byName(name);
    }

    private static @Nullable Instant cutoff(Map<String, String> parameters) {
        var cutoff = parameters.get("cutoff");
        return cutoff == null ? null : instant("cutoff", cutoff);
    }

    private static Instant before(Map<String, String> parameters) {
        return instant("before", required(parameters, HistoryDesk.JOB, "before"));
    }

    private static @Nullable Instant listsBefore(Map<String, String> parameters) {
        var before = parameters.get("lists-before");
        return before == null ? null : instant("lists-before", before);
    }

    private static Instant instant(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw RefusedException.of("jobs.job.instant", name, value);
        }
    }

    private RunOutcome reconcile(Map<String, String> parameters, Actor by, Consumer<RunProgress> progress) {
        var campaign = campaign(parameters);
        return isRepair(parameters)
                ? books.repair(campaign, by, progress, found -> {})
                : books.reconcile(campaign, by, progress, found -> {});
    }

    private static boolean isRepair(Map<String, String> parameters) {
        var repair = parameters.getOrDefault("repair", "no");
        if (!repair.equals("yes") && !repair.equals("no")) {
            throw RefusedException.of("jobs.job.yes-or-no", "repair", repair);
        }
        return repair.equals("yes");
    }

    private RunOutcome grant(Map<String, String> parameters, Actor by, Consumer<RunProgress> progress) {
        var checked = parameters.get("grant");
        if (checked != null) {
            return grants.issue(number("grant", checked), by, progress);
        }
        var request = new GrantRequest(
                campaigns.byName(required(parameters, GRANT.name(), "campaign")),
                Arrays.stream(required(parameters, GRANT.name(), "file").split(","))
                        .map(Path::of)
                        .toList(),
                (int) Math.max(
                        0, Math.min(Integer.MAX_VALUE, number("quantity", parameters.getOrDefault("quantity", "1")))),
                List.of(),
                parameters.get("column"),
                false,
                false,
                GrantRequest.DEFAULT_MAX_REJECTS,
                false,
                false);
        var grant = grants.receive(request, by);
        var outcome = grants.check(grant.id(), by, progress);
        return outcome.state() == RunState.DONE ? grants.issue(grant.id(), by, progress) : outcome;
    }

    private List<String> names() {
        return jobs().stream().map(JobDescription::name).toList();
    }

    private static long grantOf(Run run) {
        return number("grant", run.parameters().replace("grant=", ""));
    }

    private static String required(Map<String, String> parameters, String job, String name) {
        @Nullable String value = parameters.get(name);
        if (value == null) {
            throw RefusedException.of("jobs.job.missing", job, name);
        }
        return value;
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw RefusedException.of("jobs.job.number", name, value);
        }
    }
}

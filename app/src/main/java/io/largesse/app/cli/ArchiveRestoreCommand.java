package io.largesse.app.cli;

import io.largesse.app.yaml.Dates;
import io.largesse.coupons.ArchiveSelection;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.coupons.UserId;
import io.largesse.jobs.RestoreArchiveDesk;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code archive restore}. */
@Command(
        name = "restore",
        description = "Bring archived coupons into their table again for some days, or write them to a file.",
        footer = {
            "",
            "Examples:",
            "  largesse archive restore --campaign summer --to summer.csv",
            "  largesse archive restore --user U00000001 --days 30",
            "  largesse archive restore --campaign summer --from 2026-01-01 --until 2026-01-31 --to january.parquet",
            "",
            "Coupons in the table leave it with the first archive-coupons after those days, unless they have changed.",
            "What is restored is as it was; a file changes nothing. Ctrl-C stops it; job restart goes on."
        })
final class ArchiveRestoreCommand implements Callable<Integer> {

    private static final int MOST_DAYS = 3_650;

    private final Session session;

    @Option(names = "--campaign", paramLabel = "C", description = "Those of a campaign.")
    private @Nullable String campaign;

    @Option(names = "--user", paramLabel = "U", description = "Those of a user.")
    private @Nullable String user;

    @Option(names = "--code", paramLabel = "CODE", description = "The one of a code.")
    private @Nullable String code;

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "Those issued on that day or later, in the campaign's zone; in UTC without one.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "DAY", description = "Those issued on that day or before.")
    private @Nullable String until;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Where where;

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    ArchiveRestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var file = where.to;
        if (file != null) {
            Inputs.requireNew(file, force);
            var target = file.toAbsolutePath();
            var n = session.get(RestoreArchiveDesk.class).export(wanted(), target, session.actor());
            session.say("app.archive.written", n, target);
            session.answer(Json.of("coupons", n).with("file", target.toString()));
            return ExitCode.DONE;
        }
        if (where.days < 1 || where.days > MOST_DAYS) {
            throw RefusedException.of("app.archive.days", where.days, MOST_DAYS);
        }
        var end = session.get(Clock.class).instant().plus(Duration.ofDays(where.days));
        var wanted = wanted();
        var work = new Work(session);
        var outcome = work.outcome(
                progress -> session.get(RestoreArchiveDesk.class).restore(wanted, end, session.actor(), progress));
        if (outcome.state() == RunState.DONE) {
            var restored = session.get(Runs.class).find(outcome.run()).done();
            session.say(restored == 0 ? "app.archive.nothing-restored" : "app.archive.restored", restored, end);
        }
        return work.end(outcome);
    }

    private ArchiveSelection wanted() {
        var of = campaign == null ? null : session.get(Campaigns.class).byName(campaign);
        var zone = of == null ? ZoneOffset.UTC : of.zone();
        return new ArchiveSelection(
                of == null ? null : of.id(),
                user == null ? null : UserId.parse(user),
                code,
                beginning(zone),
                end(zone));
    }

    private @Nullable Instant beginning(ZoneId zone) {
        return from == null ? null : Dates.beginning(from, zone);
    }

    private @Nullable Instant end(ZoneId zone) {
        return until == null ? null : Dates.end(until, zone);
    }

    /** Into the table for a while, or to a file. */
    static final class Where {

        @Option(
                names = "--days",
                paramLabel = "N",
                required = true,
                description = "Into the table, for so many days (1 to 3,650).")
        private int days;

        @Option(
                names = "--to",
                paramLabel = "FILE",
                required = true,
                description = "To a file, .csv or .parquet; the table stays as it is.")
        private @Nullable Path to;
    }
}

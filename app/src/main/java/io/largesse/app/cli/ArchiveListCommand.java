package io.largesse.app.cli;

import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.Campaigns;
import io.largesse.jobs.RestoreArchiveDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code archive list}. */
@Command(
        name = "list",
        description = "List the objects of the object store that have archived coupons of a campaign.",
        footer = {
            "",
            "Examples:",
            "  largesse archive list summer",
            "",
            "ARCHIVED: the coupons left the table. Any other state: they are in it, and the object is on its way there or away.",
            "Next: largesse archive restore --help"
        })
final class ArchiveListCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    ArchiveListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var campaign = session.get(Campaigns.class).byName(name);
        var objects = session.get(RestoreArchiveDesk.class).objects(campaign);
        if (objects.isEmpty()) {
            session.say("app.archive.none", name);
        } else {
            var table = new Table(
                    session.texts(),
                    "app.label.status",
                    "app.label.archived",
                    "app.label.restored",
                    "app.label.bytes",
                    "app.label.object");
            objects.forEach(o -> table.row(o.state(), o.archived(), o.restored(), o.bytes(), o.key()));
            table.lines().forEach(session::show);
        }
        session.answer(Json.of("campaign", name)
                .with("objects", objects.stream().map(ArchiveListCommand::json).toList()));
        return ExitCode.DONE;
    }

    private static Json json(ArchiveObject o) {
        return Json.of("key", o.key())
                .with("state", o.state())
                .with("coupons", o.coupons())
                .with("archived", o.archived())
                .with("restored", o.restored())
                .with("bytes", o.bytes());
    }
}

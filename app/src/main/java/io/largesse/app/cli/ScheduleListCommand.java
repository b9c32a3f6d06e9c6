package io.largesse.app.cli;

import io.largesse.coupons.Schedules;
import io.largesse.scheduler.ScheduleDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code schedule list}. */
@Command(
        name = "list",
        description = "List the schedules, with their next time and how the last one ended.",
        footer = {
            "",
            "Examples:",
            "  largesse schedule list",
            "",
            "Next: largesse schedule show NAME, largesse schedule next NAME"
        })
final class ScheduleListCommand implements Callable<Integer> {

    private final Session session;

    ScheduleListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var schedules = session.get(Schedules.class);
        var desk = session.get(ScheduleDesk.class);
        var all = schedules.all();
        if (all.isEmpty()) {
            session.say("app.schedule.none", session.command("schedule add --help"));
        } else {
            var table = new Table(
                    session.texts(),
                    "app.label.schedule",
                    "app.label.job",
                    "app.label.cron",
                    "app.label.zone",
                    "app.label.next",
                    "app.label.last");
            for (var s : all) {
                var last = schedules.latest(s, 1);
                table.row(
                        s.name(),
                        s.job(),
                        s.cron(),
                        s.zone().getId(),
                        s.paused()
                                ? session.text("app.schedule.paused")
                                : desk.next(s.cron(), s.zone(), 1).stream()
                                        .map(ScheduleView::time)
                                        .findFirst()
                                        .orElse(""),
                        last.isEmpty() ? "" : last.get(0).state());
            }
            table.lines().forEach(session::show);
            ScheduleView.noteIfNoClock(session);
        }
        session.answer(Json.of(
                "schedules",
                all.stream().map(s -> ScheduleView.json(s, session)).toList()));
        return ExitCode.DONE;
    }
}

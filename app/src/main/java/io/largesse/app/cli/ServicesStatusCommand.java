package io.largesse.app.cli;

import io.largesse.embedded.EmbeddedServices;
import io.largesse.embedded.ServicesStatus;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code services status}. */
@Command(
        name = "status",
        description = "Tell whether the local services run, who uses them, and how large their data are.",
        footer = {"", "Examples:", "  largesse services status", "", "Nothing is started by asking."})
final class ServicesStatusCommand implements Callable<Integer> {

    private static final long MEGA = 1_000_000;

    private final Session session;

    ServicesStatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var status = EmbeddedServices.status(session.home());
        session.say(status.running() ? "app.services.running" : "app.services.stopped", status.home());
        var table = new Table(
                session.texts(),
                "app.label.service",
                "app.label.running",
                "app.label.port",
                "app.label.pid",
                "app.label.megabytes");
        for (var s : status.services()) {
            var running = session.text(s.running() ? "app.yes" : "app.no");
            table.row(s.name(), running, Integer.toString(s.port()), pid(s.pid()), s.dataBytes() / MEGA);
        }
        table.lines().forEach(session::show);
        if (status.running()) {
            session.say("app.services.up", pid(status.pid()), status.uptime(), users(status));
        }
        session.answer(json(status));
        return ExitCode.DONE;
    }

    private static String users(ServicesStatus status) {
        return status.userPids().isEmpty()
                ? "-"
                : String.join(
                        ", ", status.userPids().stream().map(String::valueOf).toList());
    }

    private static Json json(ServicesStatus status) {
        return Json.of("home", status.home().toString())
                .with("running", status.running())
                .with("pid", pid(status.pid()))
                .with("uptimeSeconds", status.uptime().toSeconds())
                .with("users", status.userPids().stream().map(String::valueOf).toList())
                .with(
                        "services",
                        status.services().stream()
                                .map(s -> Json.of("name", s.name())
                                        .with("running", s.running())
                                        .with("port", s.port())
                                        .with("pid", pid(s.pid()))
                                        .with("dataBytes", s.dataBytes()))
                                .toList());
    }

    private static @Nullable String pid(OptionalLong pid) {
        return pid.isPresent() ? Long.toString(pid.getAsLong()) : null;
    }
}

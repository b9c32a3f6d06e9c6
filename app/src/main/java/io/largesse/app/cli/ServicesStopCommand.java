package io.largesse.app.cli;

import io.largesse.coupons.RefusedException;
import io.largesse.embedded.EmbeddedServices;
import io.largesse.embedded.StopOutcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code services stop}. */
@Command(
        name = "stop",
        description = "Stop the local services, unless somebody uses them. Data stay.",
        footer = {
            "",
            "Examples:",
            "  largesse services stop",
            "  largesse services stop --force         from under whoever uses them",
            "",
            "They stop by themselves when their last user ends, and start when they are needed."
        })
final class ServicesStopCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Session session;

    @Option(names = "--force", description = "Also if they are used: running jobs fail and can be restarted.")
    private boolean force;

    ServicesStopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var home = session.home();
        var outcome = force ? EmbeddedServices.stopEvenIfUsed(home, PATIENCE) : EmbeddedServices.stop(home, PATIENCE);
        if (outcome instanceof StopOutcome.InUse used) {
            var pids = used.pids().stream().map(String::valueOf).collect(Collectors.joining(", "));
            throw RefusedException.of("app.services.in-use", pids, session.command("services stop --force"));
        }
        if (outcome instanceof StopOutcome.StillStopping still) {
            throw new IllegalStateException(session.text("app.services.still-stopping", still.log()));
        }
        boolean stopped = outcome instanceof StopOutcome.Stopped;
        session.say(stopped ? "app.services.now-stopped" : "app.services.stopped", home);
        session.answer(Json.of("home", home.toString()).with("stopped", stopped));
        return ExitCode.DONE;
    }
}

package io.largesse.app.cli;

import io.largesse.coupons.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}. */
@Command(
        name = "serve",
        description =
                "Run a node: it answers claims, writes them to PostgreSQL, runs jobs by the clock, and goes on with runs that died.",
        footer = {
            "",
            "Examples:",
            "  largesse serve",
            "  largesse serve --port 8081 --roles claim",
            "",
            "Several nodes may share one home, or one set of services. Ctrl-C or SIGTERM ends a node in order.",
            "Next: largesse token --user U, then",
            "  curl -X POST -H \"Authorization: Bearer TOKEN\" http://127.0.0.1:8080/api/v1/campaigns/CAMPAIGN/claims"
        })
final class ServeCommand implements Callable<Integer> {

    private static final List<String> ROLES = List.of("claim", "worker", "scheduler");

    private final Session session;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Where it answers; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "A",
            defaultValue = "127.0.0.1",
            description = "The address it answers at (default: ${DEFAULT-VALUE}, this machine only; 0.0.0.0: all).")
    private String address = "";

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            defaultValue = "claim,worker,scheduler",
            description = {
                "claim: answers users; worker: goes on with runs that died; scheduler: runs jobs by the clock.",
                "Every node writes claims (default: ${DEFAULT-VALUE})."
            })
    private List<String> roles = List.of();

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw RefusedException.of("app.serve.port", Integer.toString(port));
        }
        for (var role : roles) {
            if (!ROLES.contains(role)) {
                throw RefusedException.of("app.serve.role", role, String.join(", ", ROLES));
            }
        }
        var ended = new CountDownLatch(1);
        var serving = session.serve(settings());
        try (var signal = new StopSignal(session, "app.signal.ending", () -> {
            ended.countDown();
            return true;
        })) {
            session.note("app.serve.ready", address, Integer.toString(serving.port()));
            session.answer(Json.of("port", serving.port()));
            ended.await();
        }
        return ExitCode.DONE;
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("server.port", Integer.toString(port));
        settings.put("server.address", address);
        ROLES.forEach(role -> settings.put("largesse.roles." + role, Boolean.toString(roles.contains(role))));
        return settings;
    }
}

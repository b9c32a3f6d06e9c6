package io.largesse.app.cli;

import io.largesse.coupons.ServiceTokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token make}. */
@Command(
        name = "make",
        description = "Make a token for a program. It is shown once; only its digest is kept.",
        footer = {
            "",
            "Examples:",
            "  largesse token make monitoring --scope metrics --days 90",
            "  largesse token make shop --scope claims,coupons --days 30",
            "",
            "Nodes know a new token within a second.",
            "Scopes: metrics (read figures), coupons (read any user's coupons), claims (claim for any user).",
            "Next: largesse token list, largesse token revoke TOKEN"
        })
final class TokenMakeCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "What it is for.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--scope",
            paramLabel = "S",
            split = ",",
            required = true,
            description = "What it may be used for; several by commas.")
    private List<String> scopes = List.of();

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "90",
            description = "How long it is good for, 400 at most (default: ${DEFAULT-VALUE}).")
    private int days;

    TokenMakeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var made = session.get(ServiceTokens.class).make(name, scopes, Duration.ofDays(days), session.actor());
        session.show(made.secret());
        session.note("app.token.once", Long.toString(made.token().id()));
        session.answer(Json.of("token", made.secret())
                .withId("id", made.token().id())
                .with("expiresAt", made.token().expiresAt()));
        return ExitCode.DONE;
    }
}

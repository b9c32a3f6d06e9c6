package io.largesse.app.cli;

import io.largesse.app.claim.UserTokens;
import io.largesse.coupons.RefusedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code token}: for a user, itself; for programs, by its commands. */
@Command(
        name = "token",
        description = "Make tokens: for a user, to try claims with; for programs, see the commands.",
        subcommands = {TokenMakeCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
        footer = {
            "",
            "Examples:",
            "  largesse token --user U00000001",
            "  largesse token make monitoring --scope metrics --days 90",
            "",
            "Users' tokens are JWTs. In production somebody else makes them: set largesse.claims.tokens.public-key or",
            "largesse.claims.tokens.jwk-set-uri. Next: largesse serve"
        })
final class TokenCommand implements Callable<Integer> {

    private static final int MOST_HOURS = 24 * 30;

    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--user", paramLabel = "U", description = "The user.")
    private @Nullable String user;

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "12",
            description = "How long it is good for, 720 at most (default: ${DEFAULT-VALUE}).")
    private int hours;

    TokenCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (user == null) {
            throw new ParameterException(spec.commandLine(), Errors.MISSING_COMMAND);
        }
        if (hours < 1 || hours > MOST_HOURS) {
            throw RefusedException.of("app.token.hours", Integer.toString(hours), Integer.toString(MOST_HOURS));
        }
        var token = session.get(UserTokens.class).make(user, Duration.ofHours(hours));
        session.show(token);
        session.answer(Json.of("token", token));
        return ExitCode.DONE;
    }
}

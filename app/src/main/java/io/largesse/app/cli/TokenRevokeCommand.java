package io.largesse.app.cli;

import io.largesse.coupons.ServiceTokens;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code token revoke}. */
@Command(
        name = "revoke",
        description = "Take a program's token away; nodes refuse it within a second.",
        footer = {"", "Examples:", "  largesse token revoke 1", "", "Next: largesse token list"})
final class TokenRevokeCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "TOKEN", description = "The token's number.")
    private long id;

    TokenRevokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.get(ServiceTokens.class).revoke(id, session.actor());
        session.say("app.token.revoked", Long.toString(id));
        session.answer(Json.of("revoked", true).withId("id", id));
        return ExitCode.DONE;
    }
}

package io.largesse.app.cli;

import io.largesse.coupons.ServiceToken;
import io.largesse.coupons.ServiceTokens;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code token list}. */
@Command(
        name = "list",
        description = "List the tokens of programs, those that are over too.",
        footer = {
            "",
            "Examples:",
            "  largesse token list",
            "",
            "Next: largesse token make NAME --scope S, largesse token revoke TOKEN"
        })
final class TokenListCommand implements Callable<Integer> {

    private final Session session;

    TokenListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var tokens = session.get(ServiceTokens.class).all();
        if (tokens.isEmpty()) {
            session.say("app.token.none");
        } else {
            var table = new Table(
                    session.texts(),
                    "app.label.token",
                    "app.label.name",
                    "app.label.scopes",
                    "app.label.expires",
                    "app.label.revoked");
            for (var t : tokens) {
                var revoked = t.revokedAt();
                table.row(
                        Long.toString(t.id()),
                        t.name(),
                        String.join(",", t.scopes()),
                        t.expiresAt(),
                        revoked == null ? "" : revoked);
            }
            table.lines().forEach(session::show);
        }
        session.answer(
                Json.of("tokens", tokens.stream().map(TokenListCommand::json).toList()));
        return ExitCode.DONE;
    }

    private static Json json(ServiceToken token) {
        return Json.of("name", token.name())
                .withId("id", token.id())
                .with("scopes", token.scopes())
                .with("createdAt", token.createdAt())
                .with("createdBy", token.createdBy())
                .with("expiresAt", token.expiresAt())
                .with("revokedAt", token.revokedAt());
    }
}

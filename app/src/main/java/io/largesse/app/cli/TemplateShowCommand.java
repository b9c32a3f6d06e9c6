package io.largesse.app.cli;

import io.largesse.coupons.Templates;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code template show}. */
@Command(
        name = "show",
        description = "Show a template: what its coupons are worth and where they may be used.",
        footer = {
            "",
            "Examples:",
            "  largesse template show ten-off         its newest version",
            "  largesse template show ten-off@1       its first"
        })
final class TemplateShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The template's name, with @VERSION if not the newest.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    TemplateShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var template = session.get(Templates.class).find(name);
        TemplateView.facts(template, session.texts()).lines().forEach(session::show);
        session.answer(TemplateView.json(template));
        return ExitCode.DONE;
    }
}

package io.largesse.app.cli;

import io.largesse.app.yaml.TemplateFile;
import io.largesse.coupons.Templates;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code template create}. */
@Command(
        name = "create",
        description = "Create a template, or the next version of one, from a YAML file.",
        footer = {
            "",
            "Examples:",
            "  largesse template create --file samples/templates/ten-off.yaml",
            "",
            "A version never changes: campaigns stay with the version they were created with.",
            "Next: largesse campaign create --file samples/campaigns/summer.yaml"
        })
final class TemplateCreateCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            required = true,
            description = "The template; samples/templates explains every key.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    TemplateCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var draft = TemplateFile.read(file);
        var created = session.get(Templates.class).create(draft, session.actor());
        session.say(
                "app.template.created", created.reference(), created.benefit().faceValue());
        session.say("app.template.next", session.command("campaign create --file samples/campaigns/summer.yaml"));
        session.answer(TemplateView.json(created));
        return ExitCode.DONE;
    }
}

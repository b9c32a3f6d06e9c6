package io.largesse.app.cli;

import io.largesse.coupons.Printable;
import io.largesse.coupons.RefusedException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one line for a person, or one JSON object, and an exit code. */
final class Errors {

    static final String MISSING_COMMAND = "Missing command";

    private static final List<String> LANGUAGES = List.of("en", "zh");

    private final Session session;
    private final boolean json;

    /** @param arguments the whole command line: it may not get as far as being understood */
    Errors(Session session, String... arguments) {
        this.session = session;
        this.json = Arrays.asList(arguments).contains("--json");
    }

    void checkLanguage(@Nullable String typed, CommandLine command) {
        if (typed != null && !LANGUAGES.contains(typed)) {
            throw new ParameterException(command, "Invalid value for option '--lang': " + typed + " (en or zh)");
        }
    }

    int usage(ParameterException e, String[] arguments) {
        var command = e.getCommandLine().getCommandSpec().qualifiedName();
        var message = Printable.of(words(e));
        if (json) {
            session.console().line(Json.error("usage", message).toString());
        } else {
            session.console().note("largesse: " + message);
            session.console().note(session.text("app.usage.hint", command));
        }
        return ExitCode.USAGE;
    }

    private String words(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (e instanceof MissingParameterException missing) {
            var names = missing.getMissing().stream().map(Errors::name).toList();
            return session.text("app.usage.missing", String.join(", ", names));
        }
        if (MISSING_COMMAND.equals(e.getMessage())) {
            return session.text("app.usage.missing-command") + " " + commands(e.getCommandLine());
        }
        return String.valueOf(e.getMessage());
    }

    private String unmatched(UnmatchedArgumentException e) {
        var typed = e.getUnmatched().get(0);
        var isCommand =
                !e.isUnknownOption() && !e.getCommandLine().getSubcommands().isEmpty();
        var code = e.isUnknownOption() ? "app.usage.unknown-option" : "app.usage.unknown-argument";
        var text = session.text(isCommand ? "app.usage.unknown-command" : code, typed);
        var near = e.getSuggestions();
        if (near.isEmpty() && isCommand) {
            return text + ". " + commands(e.getCommandLine());
        }
        return near.isEmpty() ? text : text + ". " + session.text("app.usage.suggestion", String.join(", ", near));
    }

    private String commands(CommandLine of) {
        return session.text(
                "app.usage.commands", String.join(", ", of.getSubcommands().keySet()));
    }

    private static String name(CommandLine.Model.ArgSpec missing) {
        return missing instanceof CommandLine.Model.OptionSpec option ? option.longestName() : missing.paramLabel();
    }

    /** Refusals are answers; anything else goes to the log with all that is known, and to the console as one line. */
    int failure(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof RefusedException refused) {
                return tell(refused.why().code(), session.texts().of(refused.why()), ExitCode.REFUSED);
            }
        }
        LoggerFactory.getLogger(Errors.class).error("the command failed", thrown);
        var text = session.text("app.failed", summary(thrown), session.log());
        return tell("failed", text, ExitCode.FAILED);
    }

    private int tell(String code, String message, int exit) {
        if (json) {
            session.console().line(Json.error(code, message).toString());
        } else {
            session.console().note("largesse: " + message);
        }
        return exit;
    }

    /** What lies at the bottom of a pile of exceptions says most, unless the services or a store have put it in words. */
    private static String summary(Throwable thrown) {
        var root = thrown;
        while (root.getCause() != null
                && !(root instanceof io.largesse.embedded.ServicesException)
                && !(root instanceof java.io.IOException)) {
            root = root.getCause();
        }
        var message = root.getMessage();
        return message == null || message.isBlank()
                ? root.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse(message);
    }
}

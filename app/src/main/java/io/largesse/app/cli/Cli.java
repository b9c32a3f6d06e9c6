package io.largesse.app.cli;

import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;

/** Reads a command line and runs its command. Nothing of the application is started before the line was understood. */
public final class Cli implements AutoCloseable {

    private static final int MOST_COLUMNS = 120;

    private final Console console;
    private final Session session;

    public Cli(Console console, Node.Factory nodes) {
        this.console = console;
        this.session = new Session(console, nodes);
    }

    /** @return the exit code; see {@link ExitCode} */
    public int run(String... args) {
        var root = new Largesse();
        session.read(root.global);
        var line = commandLine(root);
        var errors = new Errors(session, args);
        line.setParameterExceptionHandler(errors::usage);
        line.setExecutionExceptionHandler((thrown, command, result) -> errors.failure(thrown));
        line.setExecutionStrategy(result -> {
            errors.checkLanguage(root.global.lang, result.commandSpec().commandLine());
            // where logback.xml puts the log; nothing has been logged yet
            System.setProperty("largesse.logs", session.home().resolve("logs").toString());
            return new CommandLine.RunLast().execute(result);
        });
        try {
            return line.execute(args);
        } catch (Error e) {
            return errors.failure(
                    e); // a full heap, say: threads of the libraries would outlive main, and the run's lease with them
        }
    }

    CommandLine commandLine(Largesse root) {
        var line = new CommandLine(root, new SessionFactory(session));
        var ansi = console.isTerminal() ? Ansi.ON : Ansi.OFF;
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
        line.setUsageHelpWidth(Math.max(80, Math.min(MOST_COLUMNS, console.columns())));
        line.setOut(new java.io.PrintWriter(new LineWriter(console::line), true));
        line.setErr(new java.io.PrintWriter(new LineWriter(console::note), true));
        line.setAbbreviatedOptionsAllowed(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        explain(line);
        return line;
    }

    /** The same words about exit codes in every help. */
    private static void explain(CommandLine line) {
        var usage = line.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(ExitCode.explained());
        usage.synopsisHeading("Usage: ").abbreviateSynopsis(false).sortOptions(false);
        line.getSubcommands().values().forEach(Cli::explain);
    }

    @Override
    public void close() {
        session.close();
    }

    /** Makes commands, which get the session if they ask for it. */
    private record SessionFactory(Session session) implements IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            Constructor<K> plain = find(type, Session.class);
            if (plain == null) {
                return CommandLine.defaultFactory().create(type);
            }
            return plain.newInstance(session);
        }

        private static <K> @Nullable Constructor<K> find(Class<K> type, Class<?> parameter) {
            try {
                return type.getDeclaredConstructor(parameter);
            } catch (NoSuchMethodException e) {
                return null;
            }
        }
    }
}

package io.largesse.samples.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmarks: {@code ./largesse bench --help}. */
@Command(
        name = "largesse bench",
        description = {
            "Measures Largesse on this machine, beside the least that the same work can cost.",
            "Each benchmark works in a home of its own (HOME/bench), which it deletes at the end, and its last line is"
                    + " one JSON object."
        },
        subcommands = {
            GrantBench.class,
            CodesBench.class,
            ClaimsBench.class,
            SweepBench.class,
            ArchiveBench.class,
            RestoreBench.class,
            SoakBench.class
        })
public final class Bench {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    private Bench() {}

    public static void main(String[] args) {
        var line = new CommandLine(new Bench());
        line.setExecutionStrategy(new CommandLine.RunLast());
        var code = args.length == 0 ? usage(line) : line.execute(args);
        // threads of the libraries would keep the process alive
        System.exit(code);
    }

    private static int usage(CommandLine line) {
        line.usage(System.err);
        return line.getCommandSpec().exitCodeOnUsageHelp() + CommandLine.ExitCode.USAGE;
    }
}

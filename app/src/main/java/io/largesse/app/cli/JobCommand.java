package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about jobs and their runs. */
@Command(
        name = "job",
        description = "Jobs and their runs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JobListCommand.class, JobRunCommand.class, JobStopCommand.class, JobRestartCommand.class},
        footer = {
            "",
            "Examples:",
            "  largesse job list",
            "  largesse job run generate-codes campaign=summer count=1000",
            "  largesse job stop 12",
            "  largesse job restart 12"
        })
final class JobCommand extends CommandGroup {}

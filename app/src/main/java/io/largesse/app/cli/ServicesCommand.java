package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about the local services. */
@Command(
        name = "services",
        description = "The local PostgreSQL, Redis and object store of a home; they start by themselves when needed.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ServicesStatusCommand.class, ServicesStopCommand.class},
        footer = {"", "Examples:", "  largesse services status", "  largesse services stop"})
final class ServicesCommand extends CommandGroup {}

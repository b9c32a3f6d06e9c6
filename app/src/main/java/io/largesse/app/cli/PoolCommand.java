package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about pools. */
@Command(
        name = "pool",
        description = "Pools: the codes of a campaign that nobody holds yet.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PoolShowCommand.class, PoolRebuildCommand.class},
        footer = {"", "Examples:", "  largesse pool show summer", "  largesse pool rebuild summer"})
final class PoolCommand extends CommandGroup {}

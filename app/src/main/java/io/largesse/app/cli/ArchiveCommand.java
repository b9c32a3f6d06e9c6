package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about archived coupons. */
@Command(
        name = "archive",
        description = "Archived coupons: those of ended campaigns that left the table for the object store.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ArchiveListCommand.class, ArchiveRestoreCommand.class},
        footer = {
            "",
            "Examples:",
            "  largesse job run archive-coupons before=2026-05-01T00:00:00Z",
            "  largesse archive list summer",
            "  largesse archive restore --campaign summer --to summer.csv"
        })
final class ArchiveCommand extends CommandGroup {}

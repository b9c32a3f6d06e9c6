package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands that count. */
@Command(
        name = "report",
        description = "Reports: what became of coupons.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ReportMonthCommand.class},
        footer = {"", "Examples:", "  largesse report month 2026-11 --business SUMMER"})
final class ReportCommand extends CommandGroup {}

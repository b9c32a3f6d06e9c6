package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about codes. */
@Command(
        name = "code",
        description = "Codes: make them ahead of time, and find out what a code is.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CodeGenerateCommand.class, CodeShowCommand.class},
        footer = {
            "",
            "Examples:",
            "  largesse code generate summer --count 100000",
            "  largesse code generate summer --to-level 500000",
            "  largesse code show SUMMER-20261123-7K3M9QXZT4B2P"
        })
final class CodeCommand extends CommandGroup {}

package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about templates. */
@Command(
        name = "template",
        description = "What a coupon is worth and where it may be used.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TemplateCreateCommand.class, TemplateShowCommand.class},
        footer = {
            "",
            "Examples:",
            "  largesse template create --file samples/templates/ten-off.yaml",
            "  largesse template show ten-off"
        })
final class TemplateCommand extends CommandGroup {}

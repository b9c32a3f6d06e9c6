package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about grants. */
@Command(
        name = "grant",
        description = "Grants: coupons for everybody on a list, each user once, whatever happens on the way.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GrantStartCommand.class,
            GrantListCommand.class,
            GrantShowCommand.class,
            GrantStopCommand.class,
            GrantRestartCommand.class,
            GrantRevokeCommand.class,
            GrantReportCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  largesse grant start summer users.xlsx --dry-run    what would happen",
            "  largesse grant start --checked 1                 do what was checked",
            "  largesse grant show 1 --follow                   watch it from another terminal",
            "  largesse grant report 1 --to rejects.xlsx        the rows that got nothing, and why",
            "  largesse grant revoke 1 --dry-run                what taking it back would mean"
        })
final class GrantCommand extends CommandGroup {}

package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about campaigns. */
@Command(
        name = "campaign",
        description = "Why coupons of a template are issued: how many, when, for how long.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CampaignCreateCommand.class,
            CampaignListCommand.class,
            CampaignShowCommand.class,
            CampaignEditCommand.class,
            CampaignPauseCommand.class,
            CampaignResumeCommand.class,
            CampaignEndCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  largesse campaign create --file samples/campaigns/summer.yaml",
            "  largesse campaign list",
            "  largesse campaign edit summer --stock 3000000 --closes 2027-09-30",
            "  largesse campaign pause summer"
        })
final class CampaignCommand extends CommandGroup {}

package io.largesse.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program; its commands do the work. */
@Command(
        name = "largesse",
        description = "Grants coupons in bulk: unique codes, to everybody on a list, once.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            TemplateCommand.class,
            CampaignCommand.class,
            CodeCommand.class,
            PoolCommand.class,
            ReconcileCommand.class,
            GrantCommand.class,
            CouponCommand.class,
            ArchiveCommand.class,
            ReportCommand.class,
            JobCommand.class,
            ScheduleCommand.class,
            ServeCommand.class,
            TokenCommand.class,
            ServicesCommand.class
        },
        footer = {
            "",
            "Try it:",
            "  largesse demo                          the whole story on a sample list of 100,000 users",
            "",
            "Your own grant, step by step:",
            "  largesse template create --file samples/templates/ten-off.yaml",
            "  largesse campaign create --file samples/campaigns/summer.yaml",
            "  largesse code generate summer --count 100000",
            "  largesse grant start summer users.xlsx --dry-run",
            "  largesse grant start --checked 1",
            "",
            "Each command explains itself: largesse grant start --help"
        })
final class Largesse extends CommandGroup {

    @Mixin
    GlobalOptions global = new GlobalOptions();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;
}

package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about schedules. */
@Command(
        name = "schedule",
        description = "Schedules: jobs by the clock.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ScheduleListCommand.class,
            ScheduleShowCommand.class,
            ScheduleNextCommand.class,
            ScheduleAddCommand.class,
            ScheduleApplyCommand.class,
            SchedulePauseCommand.class,
            ScheduleResumeCommand.class,
            ScheduleFireCommand.class,
            ScheduleRemoveCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  largesse schedule next --cron \"30 2 * * *\" --zone Asia/Shanghai",
            "  largesse schedule add nightly-sweep --cron \"30 2 * * *\" --zone Asia/Shanghai --job sweep-expired",
            "  largesse schedule list"
        })
final class ScheduleCommand extends CommandGroup {}

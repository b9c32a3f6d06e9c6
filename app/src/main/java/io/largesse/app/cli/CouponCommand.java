package io.largesse.app.cli;

import picocli.CommandLine.Command;

/** Commands about coupons. */
@Command(
        name = "coupon",
        description = "Coupons: codes that users hold.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CouponListCommand.class, CouponShowCommand.class, CouponWhyCommand.class},
        footer = {
            "",
            "Examples:",
            "  largesse coupon list --user U00000001",
            "  largesse coupon show SUMMER-20261123-7K3M9QXZT4B2P",
            "  largesse coupon why --user U00000001"
        })
final class CouponCommand extends CommandGroup {}

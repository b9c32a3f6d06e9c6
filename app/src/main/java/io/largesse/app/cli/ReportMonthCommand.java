package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Money;
import io.largesse.coupons.MonthLine;
import io.largesse.coupons.RefusedException;
import io.largesse.jobs.MonthReport;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report month}. */
@Command(
        name = "month",
        description =
                "Count the coupons that were issued, redeemed, expired and taken back in a month, with their face value.",
        footer = {
            "",
            "Examples:",
            "  largesse report month 2026-11",
            "  largesse report month 2026-11 --business SUMMER",
            "",
            "Archived coupons count as those in the table do. A month is that of each campaign's zone; a coupon counts as",
            "redeemed, expired or revoked in the month of its last change."
        })
final class ReportMonthCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "YYYY-MM", description = "The month.")
    @SuppressWarnings("NullAway.Init")
    private String month;

    @Option(names = "--business", paramLabel = "B", description = "Those of one business code; all if not given.")
    private @Nullable String business;

    ReportMonthCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var of = business == null ? null : business.toUpperCase(Locale.ROOT);
        if (of != null
                && session.get(Campaigns.class).all().stream()
                        .noneMatch(c -> c.business().equals(of))) {
            throw RefusedException.of("app.report.business", of);
        }
        var lines = session.get(MonthReport.class).of(month(), of);
        if (lines.isEmpty()) {
            session.say("app.report.nothing", month);
        } else {
            var table = new Table(session.texts(), "app.label.what", "app.label.count", "app.label.face-value");
            lines.forEach(line -> table.row(line.what(), line.coupons(), faceValue(line)));
            table.lines().forEach(session::show);
        }
        session.answer(Json.of("month", month)
                .with("business", of)
                .with(
                        "lines",
                        lines.stream()
                                .map(line -> Json.of("what", line.what())
                                        .with("coupons", line.coupons())
                                        .with("faceValue", Amounts.json(faceValue(line))))
                                .toList()));
        return ExitCode.DONE;
    }

    private YearMonth month() {
        try {
            return YearMonth.parse(month);
        } catch (DateTimeException e) {
            throw RefusedException.of("app.report.month", month);
        }
    }

    private static Money faceValue(MonthLine line) {
        return Money.ofMinor(line.faceValue(), line.currency());
    }
}

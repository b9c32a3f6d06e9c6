package io.largesse.app.cli;

import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CodeReader;
import io.largesse.coupons.CodeReading;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.RefusedException;
import io.largesse.jobs.RestoreArchiveDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code coupon show}. */
@Command(
        name = "show",
        description = "Show the coupon of a code: its holder, worth, period of use, and what issued it.",
        footer = {
            "",
            "Examples:",
            "  largesse coupon show SUMMER-20261123-7K3M9QXZT4B2P",
            "",
            "If there is none, largesse code show CODE tells why."
        })
final class CouponShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CODE", description = "The coupon's code.")
    @SuppressWarnings("NullAway.Init")
    private String code;

    CouponShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var reading = CodeReader.of(session.get(CodeKeys.class)).read(code);
        var coupon = reading instanceof CodeReading.Valid valid
                ? session.get(Coupons.class).find(valid)
                : null;
        if (coupon != null) {
            CouponView.facts(coupon, session).lines().forEach(session::show);
            session.answer(CouponView.json(coupon).with("archived", false));
            return ExitCode.DONE;
        }
        var archived = reading instanceof CodeReading.Valid valid
                ? session.get(RestoreArchiveDesk.class).find(valid.code())
                : null;
        if (archived == null) {
            throw RefusedException.of("app.coupon.unknown", code);
        }
        CouponView.facts(archived, session).lines().forEach(session::show);
        session.say("app.coupon.archived", session.command("archive restore --code " + archived.code() + " --days 30"));
        session.answer(CouponView.json(archived).with("archived", true));
        return ExitCode.DONE;
    }
}

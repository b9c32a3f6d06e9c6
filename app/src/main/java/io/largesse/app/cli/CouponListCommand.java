package io.largesse.app.cli;

import io.largesse.coupons.Coupons;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code coupon list}. */
@Command(
        name = "list",
        description = "List a user's coupons, newest first, 1,000 at most.",
        footer = {"", "Examples:", "  largesse coupon list --user U00000001", "", "Next: largesse coupon show CODE"})
final class CouponListCommand implements Callable<Integer> {

    private final Session session;

    @Option(names = "--user", paramLabel = "U", required = true, description = "The user's id, as in the lists.")
    @SuppressWarnings("NullAway.Init")
    private String user;

    CouponListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var coupons = session.get(Coupons.class).ofUser(user);
        if (coupons.isEmpty()) {
            session.say("app.coupon.none", user);
        } else {
            CouponView.table(session, coupons).lines().forEach(session::show);
        }
        var json = coupons.stream().map(CouponView::json).toList();
        session.answer(Json.of("user", user).with("coupons", json));
        return ExitCode.DONE;
    }
}

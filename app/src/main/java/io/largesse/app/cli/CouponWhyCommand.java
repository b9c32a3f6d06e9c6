package io.largesse.app.cli;

import io.largesse.app.claim.ClaimTrails;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.UserTrails;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code coupon why}. */
@Command(
        name = "why",
        description =
                "Tell why a user has or has not got something: his rows in the lists, his claims, and what became of them.",
        footer = {
            "",
            "Examples:",
            "  largesse coupon why --user U00000001",
            "  largesse coupon why --user U00000001 --campaign summer",
            "",
            "Next: largesse grant show GRANT, largesse coupon show CODE"
        })
final class CouponWhyCommand implements Callable<Integer> {

    private final Session session;

    @Option(names = "--user", paramLabel = "U", required = true, description = "The user's id, as somebody typed it.")
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Option(names = "--campaign", paramLabel = "NAME", description = "Only the lists and coupons of a campaign.")
    private @Nullable String campaign;

    CouponWhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var campaigns = session.get(Campaigns.class);
        var of = campaign == null ? null : campaigns.byName(campaign);
        var trail = session.get(UserTrails.class).of(user, of);
        var claims = session.get(ClaimTrails.class).of(user, of);
        var view = new WhyView(session, campaigns);
        view.show(user, trail, of, claims);
        session.answer(view.json(user, trail, claims));
        return ExitCode.DONE;
    }
}

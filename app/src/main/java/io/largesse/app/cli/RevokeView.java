package io.largesse.app.cli;

import io.largesse.jobs.RevokeSummary;
import java.util.Set;

/** What taking a grant back means in numbers. */
final class RevokeView {

    private static final Set<String> UNSPENT = Set.of("ISSUED");
    private static final Set<String> EXPIRED = Set.of("EXPIRED");
    private static final Set<String> REVOKED = Set.of("REVOKED");

    private RevokeView() {}

    static void before(RevokeSummary summary, Session session) {
        var texts = session.texts();
        new Facts(texts)
                .add("app.label.grant", Long.toString(summary.grant().id()))
                .add("app.label.campaign", summary.campaign().name())
                .add("app.label.state", summary.grant().state())
                .add("app.label.unspent", worth(summary, UNSPENT, session))
                .add("app.label.spent", worth(summary, RevokeSummary.SPENT, session))
                .add("app.label.expired", worth(summary, EXPIRED, session))
                .add("app.label.revoked", worth(summary, REVOKED, session))
                .add("app.label.allotted", summary.allotted())
                .lines()
                .forEach(session::show);
    }

    /** The stock in plain numbers: what was taken back is not free again. */
    static void after(RevokeSummary summary, Session session) {
        var campaign = summary.campaign();
        session.say(
                "app.revoke.done",
                Long.toString(summary.grant().id()),
                summary.coupons(REVOKED),
                summary.faceValue(REVOKED),
                summary.coupons(RevokeSummary.SPENT),
                summary.faceValue(RevokeSummary.SPENT),
                summary.coupons(EXPIRED));
        session.say(
                "app.revoke.stock",
                campaign.name(),
                campaign.stock(),
                summary.inCampaign(),
                summary.inPool(),
                campaign.ungenerated());
        session.say("app.revoke.top-up", session.command("campaign edit " + campaign.name() + " --stock N"));
    }

    static Json json(RevokeSummary summary) {
        var campaign = summary.campaign();
        return Json.of("grantId", Long.toString(summary.grant().id()))
                .with("campaign", campaign.name())
                .with("state", summary.grant().state())
                .with("unspent", json(summary, UNSPENT))
                .with("spent", json(summary, RevokeSummary.SPENT))
                .with("expired", json(summary, EXPIRED))
                .with("revoked", json(summary, REVOKED))
                .with("allotted", summary.allotted())
                .with("stock", campaign.stock())
                .with("coupons", summary.inCampaign())
                .with("inPool", summary.inPool())
                .with("ungenerated", campaign.ungenerated())
                .with("voided", campaign.voided());
    }

    private static String worth(RevokeSummary summary, Set<String> statuses, Session session) {
        return session.text("app.revoke.worth", summary.coupons(statuses), summary.faceValue(statuses));
    }

    private static Json json(RevokeSummary summary, Set<String> statuses) {
        return Json.of("coupons", summary.coupons(statuses))
                .with("faceValue", Amounts.json(summary.faceValue(statuses)));
    }
}

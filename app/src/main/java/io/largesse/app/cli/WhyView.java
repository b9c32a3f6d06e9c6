package io.largesse.app.cli;

import io.largesse.app.claim.ClaimTrails.ClaimTrail;
import io.largesse.coupons.Archives;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.GrantTrail;
import io.largesse.coupons.Message;
import io.largesse.coupons.TrailCoupon;
import io.largesse.coupons.TrailRow;
import io.largesse.coupons.UserTrail;
import io.largesse.pools.ClaimRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How it is told why a user has or has not got something. */
final class WhyView {

    private final Session session;
    private final Campaigns campaigns;

    WhyView(Session session, Campaigns campaigns) {
        this.session = session;
        this.campaigns = campaigns;
    }

    void show(String typed, UserTrail trail, @Nullable Campaign only, List<ClaimTrail> claims) {
        var problem = trail.problem();
        if (!typed.equals(trail.userId())) {
            session.say("app.why.canonical", typed, trail.userId());
        }
        if (problem != null) {
            session.say("app.why.invalid", trail.userId(), session.texts().of(problem));
        }
        if (only != null && trail.pattern() != null) {
            session.say("app.why.pattern", only.name(), trail.pattern(), trail.userId());
        }
        trail.grants().forEach(this::show);
        for (var coupon : trail.others()) {
            var number = coupon.sourceId() == 0 ? "" : " " + coupon.sourceId(); // a claim is known by its code
            var source = coupon.sourceKind() + number;
            session.say("app.why.other", campaign(coupon.campaignId()).name(), source);
            show(coupon);
        }
        claims.forEach(claim -> show(claim, trail.others()));
        if (trail.grants().isEmpty() && trail.others().isEmpty() && claims.isEmpty()) {
            session.say("app.why.nowhere", trail.userId(), trail.lists());
        }
        if (trail.purged() > 0) {
            session.say("app.why.purged", trail.userId(), trail.purged());
        }
        for (var grant : trail.unread()) {
            session.say("app.why.unread", Long.toString(grant.id()), grant.state());
        }
    }

    private void show(ClaimTrail trail, List<TrailCoupon> written) {
        var campaign = trail.campaign();
        for (var claim : trail.claimed()) {
            if (written.stream().noneMatch(coupon -> coupon.code().equals(claim.code()))) {
                session.say(
                        session.get(Archives.class).holding(claim.code()) == null
                                ? "app.why.claimed"
                                : "app.why.claim-archived",
                        campaign.name(),
                        claim.code(),
                        claim.at().atZone(campaign.zone()));
            }
        }
        for (var refusal : trail.refused()) {
            session.say(
                    "app.why.claim-refused",
                    campaign.name(),
                    refusal.at().atZone(campaign.zone()),
                    session.text(reason(refusal.why())));
        }
        if (trail.more()) {
            session.say("app.why.claims-forgotten", campaign.name());
        }
    }

    private static String reason(ClaimRefusal why) {
        return switch (why) {
            case NOT_OPEN -> "app.why.claim-not-open";
            case OVER -> "app.why.claim-over";
            case PAUSED -> "app.why.claim-paused";
            case ENDED -> "app.why.claim-ended";
            case LIMIT -> "app.why.claim-limit";
            case SOLD_OUT -> "app.why.claim-sold-out";
            case TOO_FAST -> "app.why.claim-too-fast";
        };
    }

    private void show(GrantTrail trail) {
        var grant = trail.grant();
        var id = Long.toString(grant.id());
        session.say("app.why.grant", id, campaign(grant.campaignId()).name(), grant.state());
        trail.rows().forEach(this::show);
        trail.coupons().forEach(this::show);
        var revoked = trail.revoked();
        var refusal = grant.refusal();
        if (revoked != null) {
            var at = revoked.at().atZone(campaign(grant.campaignId()).zone());
            session.say("app.why.revoked", revoked.actor(), at);
        } else if (refusal != null) {
            session.say("app.why.refused", session.texts().of(refusal));
        } else if (trail.isAccepted() && trail.coupons().size() < grant.quantity()) {
            session.say(
                    why(trail),
                    grant.state(),
                    grant.quantity() - trail.coupons().size());
        }
    }

    private String why(GrantTrail trail) {
        return switch (trail.grant().state()) {
            case DONE ->
                session.get(Archives.class).isAny(trail.grant().campaignId()) ? "app.why.archived" : "app.why.gone";
            case RECEIVED, CHECKED -> "app.why.not-begun";
            default -> "app.why.unfinished";
        };
    }

    private void show(TrailRow row) {
        var rejection = row.rejection();
        if (rejection == null) {
            session.say("app.why.accepted", row.rowNo(), file(row));
        } else {
            session.say(
                    "app.why.rejected", row.rowNo(), file(row), session.texts().of(rejection));
        }
    }

    private void show(TrailCoupon coupon) {
        var zone = campaign(coupon.campaignId()).zone();
        var issued = coupon.issuedAt().atZone(zone);
        if (coupon.status().equals("ISSUED")) {
            session.say("app.why.issued", coupon.code(), issued);
        } else {
            session.say(
                    "app.why.coupon",
                    coupon.code(),
                    issued,
                    coupon.status(),
                    coupon.updatedAt().atZone(zone));
        }
    }

    private Campaign campaign(long id) {
        return campaigns.byId(id);
    }

    private static String file(TrailRow row) {
        return row.sheet() == null ? row.fileName() : row.fileName() + ", " + row.sheet();
    }

    Json json(String typed, UserTrail trail, List<ClaimTrail> claims) {
        return Json.of("user", typed)
                .with("userId", trail.userId())
                .with("problem", message(trail.problem()))
                .with("pattern", trail.pattern())
                .with("grants", trail.grants().stream().map(this::json).toList())
                .with("otherCoupons", coupons(trail.others()))
                .with("claims", claims.stream().map(WhyView::json).toList())
                .with("lists", trail.lists())
                .with("listsPurged", trail.purged())
                .with(
                        "unread",
                        trail.unread().stream().map(g -> Long.toString(g.id())).toList());
    }

    private static Json json(ClaimTrail trail) {
        return Json.of("campaign", trail.campaign().name())
                .with(
                        "claimed",
                        trail.claimed().stream()
                                .map(c -> Json.of("code", c.code()).with("at", c.at()))
                                .toList())
                .with(
                        "refused",
                        trail.refused().stream()
                                .map(r -> Json.of("reason", r.why().word()).with("at", r.at()))
                                .toList())
                .with("forgotten", trail.more());
    }

    private Json json(GrantTrail trail) {
        var grant = trail.grant();
        var revoked = trail.revoked();
        return Json.of("grantId", Long.toString(grant.id()))
                .with("campaign", campaign(grant.campaignId()).name())
                .with("state", grant.state())
                .with("quantity", grant.quantity())
                .with("refusal", message(grant.refusal()))
                .with("revokedBy", revoked == null ? null : revoked.actor())
                .with("revokedAt", revoked == null ? null : revoked.at())
                .with("rows", trail.rows().stream().map(this::json).toList())
                .with("coupons", coupons(trail.coupons()));
    }

    private Json json(TrailRow row) {
        return Json.of("file", row.fileName())
                .with("sheet", row.sheet())
                .with("row", row.rowNo())
                .with("accepted", row.reason() == null)
                .with("reason", message(row.rejection()));
    }

    private static List<Json> coupons(List<TrailCoupon> coupons) {
        return coupons.stream()
                .map(c -> Json.of("code", c.code())
                        .with("source", c.sourceKind())
                        .withId("sourceId", c.sourceId())
                        .with("status", c.status())
                        .with("issuedAt", c.issuedAt())
                        .with("since", c.updatedAt()))
                .toList();
    }

    private @Nullable Json message(@Nullable Message message) {
        return message == null
                ? null
                : Json.of("code", message.code())
                        .with("message", session.texts().of(message));
    }
}

package io.largesse.app.cli;

import io.largesse.app.yaml.Dates;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Coupon;
import io.largesse.coupons.Money;
import java.time.ZoneId;

/** How coupons are shown. */
final class CouponView {

    private CouponView() {}

    static Facts facts(Coupon coupon, Session session) {
        var zone = zone(coupon, session);
        return new Facts(session.texts())
                .add("app.label.code", coupon.code())
                .add("app.label.user", coupon.userId())
                .add("app.label.campaign", coupon.campaign())
                .add("app.label.status", coupon.status())
                .add("app.label.face-value", faceValue(coupon))
                .add("app.label.issued-at", coupon.issuedAt().atZone(zone))
                .add("app.label.issued-by", source(coupon))
                .add("app.label.valid-from", coupon.validFrom().atZone(zone))
                .add("app.label.valid-to", Dates.shownEnd(coupon.validTo(), zone));
    }

    static Table table(Session session, java.util.List<Coupon> coupons) {
        var table = new Table(
                session.texts(),
                "app.label.code",
                "app.label.campaign",
                "app.label.status",
                "app.label.face-value",
                "app.label.valid-to",
                "app.label.issued-by");
        for (var c : coupons) {
            var end = Dates.shownEnd(c.validTo(), zone(c, session));
            table.row(c.code(), c.campaign(), c.status(), faceValue(c), end, source(c));
        }
        return table;
    }

    static Json json(Coupon coupon) {
        return Json.of("code", coupon.code())
                .with("userId", coupon.userId())
                .with("campaign", coupon.campaign())
                .with("status", coupon.status())
                .with("faceValue", Amounts.json(faceValue(coupon)))
                .with("source", coupon.sourceKind())
                .withId("sourceId", coupon.sourceId())
                .with("ordinal", coupon.ordinal())
                .with("issuedAt", coupon.issuedAt())
                .with("validFrom", coupon.validFrom())
                .with("validTo", coupon.validTo());
    }

    private static ZoneId zone(Coupon coupon, Session session) {
        return session.get(Campaigns.class).byId(coupon.campaignId()).zone();
    }

    private static Money faceValue(Coupon coupon) {
        return Money.ofMinor(coupon.faceValue(), coupon.currency());
    }

    private static String source(Coupon coupon) {
        return coupon.sourceKind().toLowerCase(java.util.Locale.ROOT) + " " + coupon.sourceId();
    }
}

package io.largesse.app.cli;

import io.largesse.app.yaml.Dates;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Money;
import io.largesse.coupons.Template;
import org.jspecify.annotations.Nullable;

/** How campaigns are shown. */
final class CampaignView {

    private CampaignView() {}

    static Facts facts(Campaign campaign, Template template, Texts texts) {
        var zone = campaign.zone();
        return new Facts(texts)
                .add("app.label.campaign", campaign.name())
                .add("app.label.title", campaign.title())
                .add("app.label.status", campaign.status())
                .add("app.label.template", template.reference())
                .add("app.label.face-value", template.benefit().faceValue())
                .add("app.label.business", campaign.business())
                .add("app.label.code-format", campaign.codeFormat())
                .add("app.label.stock", campaign.stock())
                .add("app.label.generated", campaign.generated())
                .add("app.label.voided", campaign.voided() == 0 ? null : (Long) campaign.voided())
                .add("app.label.budget", budget(campaign, template))
                .add("app.label.opens", Dates.shownBeginning(campaign.opensAt(), zone))
                .add("app.label.closes", Dates.shownEnd(campaign.closesAt(), zone))
                .add("app.label.valid", validity(campaign, texts))
                .add("app.label.claim-limit", campaign.claimLimit())
                .add("app.label.user-id-pattern", campaign.userIdPattern())
                .add("app.label.inbox", inbox(campaign, texts))
                .add("app.label.created", campaign.createdAt().atZone(zone))
                .add("app.label.created-by", campaign.createdBy());
    }

    static Json json(Campaign campaign, Template template) {
        var budget = budget(campaign, template);
        return Json.of("campaign", campaign.name())
                .withId("campaignId", campaign.id())
                .with("title", campaign.title())
                .with("status", campaign.status())
                .with("template", template.reference())
                .with("faceValue", Amounts.json(template.benefit().faceValue()))
                .with("business", campaign.business())
                .with("codes", campaign.codeFormat())
                .with("stock", campaign.stock())
                .with("generated", campaign.generated())
                .with("voided", campaign.voided())
                .with("budget", budget == null ? null : Amounts.json(budget))
                .with("zone", campaign.zone().getId())
                .with("opensAt", campaign.opensAt())
                .with("closesAt", campaign.closesAt())
                .with("validFrom", campaign.validFrom())
                .with("validTo", campaign.validTo())
                .with("validDays", campaign.validDays())
                .with("claimLimit", campaign.claimLimit())
                .with("userIdPattern", campaign.userIdPattern())
                .with("inbox", inbox(campaign))
                .with("createdAt", campaign.createdAt())
                .with("createdBy", campaign.createdBy());
    }

    private static @Nullable Money budget(Campaign campaign, Template template) {
        var minor = campaign.budget();
        return minor == null ? null : new Money(minor, template.benefit().currency());
    }

    private static @Nullable String inbox(Campaign campaign, Texts texts) {
        var most = campaign.inboxMost();
        return most == null ? null : texts.of("app.campaign.inbox", most);
    }

    private static @Nullable Json inbox(Campaign campaign) {
        var most = campaign.inboxMost();
        return most == null ? null : Json.of("most", most);
    }

    private static String validity(Campaign campaign, Texts texts) {
        var from = campaign.validFrom();
        var to = campaign.validTo();
        if (from == null || to == null) {
            return texts.of("app.campaign.valid-days", campaign.validDays());
        }
        return texts.of(
                "app.campaign.valid-period",
                Dates.shownBeginning(from, campaign.zone()),
                Dates.shownEnd(to, campaign.zone()));
    }
}

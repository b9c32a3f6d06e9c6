package io.largesse.coupons;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The campaigns of this installation. Every change goes on record with the row before and after. */
@Component
public class Campaigns {

    private final CampaignMapper campaigns;
    private final Templates templates;
    private final AuditTrail audit;
    private final Clock clock;

    Campaigns(CampaignMapper campaigns, Templates templates, AuditTrail audit, Clock clock) {
        this.campaigns = campaigns;
        this.templates = templates;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Campaign create(CampaignDraft draft, Actor by) {
        var template = templates.find(draft.template());
        requireBudget(draft.budget(), draft.stock(), template);
        var id = campaigns.insert(draft, template, clock.instant(), by.name());
        if (id == null) {
            throw RefusedException.of("coupons.campaign.exists", draft.name());
        }
        campaigns.ensurePartition(id);
        audit.record(by, "campaign.create", "campaign " + draft.name(), null, campaigns.show(id));
        return byId(id);
    }

    public Campaign byName(String name) {
        var found = campaigns.byName(name);
        if (found == null) {
            throw RefusedException.of("coupons.campaign.unknown", name);
        }
        return found;
    }

    public Campaign byId(long id) {
        return Objects.requireNonNull(campaigns.byId(id), () -> "no campaign " + id);
    }

    /** All campaigns, newest first. */
    public List<Campaign> all() {
        return campaigns.all();
    }

    public Template templateOf(Campaign campaign) {
        return templates.of(campaign);
    }

    @Transactional
    public Campaign pause(Campaign campaign, Actor by) {
        return move(campaign, CampaignStatus.PAUSED, "campaign.pause", by);
    }

    @Transactional
    public Campaign resume(Campaign campaign, Actor by) {
        return move(campaign, CampaignStatus.ACTIVE, "campaign.resume", by);
    }

    @Transactional
    public Campaign end(Campaign campaign, Actor by) {
        return move(campaign, CampaignStatus.ENDED, "campaign.end", by);
    }

    /** Tops up stock or budget, or moves the end. Nothing changes if the result would not be a sound campaign. */
    @Transactional
    public Campaign edit(Campaign campaign, CampaignChange change, Actor by) {
        var before = campaigns.lockAndShow(campaign.id());
        requireSound(byId(campaign.id()), change);
        var edited = campaigns.edit(
                campaign.id(),
                change.stock(),
                change.closesAt(),
                change.validTo(),
                change.budget(),
                change.inboxMost());
        if (edited == 0) {
            throw RefusedException.of("coupons.campaign.not-active", campaign.name(), CampaignStatus.ENDED);
        }
        audit.record(by, "campaign.edit", "campaign " + campaign.name(), before, campaigns.show(campaign.id()));
        return byId(campaign.id());
    }

    private Campaign move(Campaign campaign, CampaignStatus to, String what, Actor by) {
        var before = campaigns.lockAndShow(campaign.id());
        if (campaigns.move(campaign.id(), to.from(), to) == 0) {
            throw RefusedException.of(
                    "coupons.campaign.move",
                    campaign.name(),
                    byId(campaign.id()).status(),
                    to);
        }
        audit.record(by, what, "campaign " + campaign.name(), before, campaigns.show(campaign.id()));
        return byId(campaign.id());
    }

    private void requireSound(Campaign now, CampaignChange change) {
        var stock = change.stock();
        if (stock != null && (stock < now.generated() - now.voided() || stock > CampaignDraft.MOST_STOCK)) {
            throw RefusedException.of(
                    "coupons.campaign.stock-below", stock, now.generated() - now.voided(), CampaignDraft.MOST_STOCK);
        }
        var closesAt = change.closesAt();
        if (closesAt != null && !now.opensAt().isBefore(closesAt)) {
            throw RefusedException.of(
                    "coupons.campaign.window", now.opensAt().atZone(now.zone()), closesAt.atZone(now.zone()));
        }
        var validTo = change.validTo();
        if (validTo != null && !mayEndAt(now, validTo)) {
            throw RefusedException.of("coupons.campaign.valid-to", validTo.atZone(now.zone()));
        }
        var inboxMost = change.inboxMost();
        if (inboxMost != null && (inboxMost < 0 || inboxMost > CampaignDraft.MOST_STOCK)) {
            throw RefusedException.of("coupons.campaign.inbox", inboxMost, CampaignDraft.MOST_STOCK);
        }
        var budget = change.budget() != null ? change.budget() : now.budget();
        requireBudget(budget, stock != null ? stock : now.stock(), templates.of(now));
    }

    private static boolean mayEndAt(Campaign campaign, Instant validTo) {
        var validFrom = campaign.validFrom();
        return validFrom != null
                && validFrom.isBefore(validTo)
                && campaign.opensAt().isBefore(validTo);
    }

    /** The budget holds by construction: stock times face value never exceeds it. */
    private static void requireBudget(@Nullable Long budget, long stock, Template template) {
        var face = template.benefit().faceValue();
        // divided, not multiplied: the product may exceed a long
        if (budget != null && stock > budget / face.minor()) {
            var currency = face.currency().getCurrencyCode();
            throw RefusedException.of("coupons.campaign.budget", stock, face, Money.ofMinor(budget, currency));
        }
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Allotments;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CouponCount;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Revocations;
import io.largesse.pools.Pools;
import org.springframework.stereotype.Component;

/** Counts what a grant has given and holds, for whoever takes it back. */
@Component
class RevokeFigures {

    private final Campaigns campaigns;
    private final Coupons coupons;
    private final Revocations revocations;
    private final Allotments allotments;
    private final Pools pools;

    RevokeFigures(Campaigns campaigns, Coupons coupons, Revocations revocations, Allotments allotments, Pools pools) {
        this.campaigns = campaigns;
        this.coupons = coupons;
        this.revocations = revocations;
        this.allotments = allotments;
        this.pools = pools;
    }

    RevokeSummary of(Grant grant) {
        var campaign = campaigns.byId(grant.campaignId());
        var counts = revocations.counts(grant);
        return new RevokeSummary(
                grant,
                campaign,
                counts,
                campaigns.templateOf(campaign).benefit().currency().getCurrencyCode(),
                allotted(grant, counts.stream().mapToLong(CouponCount::coupons).sum()),
                coupons.count(campaign),
                pools.level(campaign.pool()).sum());
    }

    /** The codes of coupons that are out stay in their blocks until the grant is done, or gives the rest back. */
    private long allotted(Grant grant, long issued) {
        var codes = allotments.count(grant.id());
        return (codes == 0 ? 0 : codes - issued) + revocations.onTheirWayBack(grant.id());
    }
}

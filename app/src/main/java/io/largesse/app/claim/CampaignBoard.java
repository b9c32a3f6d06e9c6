package io.largesse.app.claim;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The campaigns as this node knows them: in memory, so that a claim asks no table. */
final class CampaignBoard {

    /** Longer than PostgreSQL is ever away. */
    private static final Duration WRITTEN = Duration.ofDays(7);

    private final Campaigns campaigns;
    private final Clock clock;
    private volatile Map<String, Posted> posted = Map.of();

    CampaignBoard(Campaigns campaigns, News news, Clock clock) {
        this.campaigns = campaigns;
        this.clock = clock;
        news.follow(this::read);
    }

    /** One after the other: whoever reads last has read the latest. */
    synchronized void read() {
        var known = posted;
        var now = new HashMap<String, Posted>();
        for (var campaign : campaigns.all()) {
            var before = known.get(campaign.name());
            now.put(campaign.name(), before != null ? before.as(campaign) : post(campaign));
        }
        posted = Map.copyOf(now);
    }

    private Posted post(Campaign campaign) {
        var face = campaigns.templateOf(campaign).benefit().faceValue();
        return new Posted(campaign, face.minor(), face.currency().getCurrencyCode(), campaign.pattern());
    }

    @Nullable
    Posted find(String name) {
        return posted.get(name);
    }

    /** Those that users may have claimed of lately: the claims of others are all written. */
    List<Posted> claimable() {
        var longAgo = clock.instant().minus(WRITTEN);
        return posted.values().stream()
                .filter(p -> p.campaign().claimLimit() > 0)
                .filter(p -> p.campaign().status() != CampaignStatus.ENDED
                        || p.campaign().closesAt().isAfter(longAgo))
                .toList();
    }

    /** Those that have not ended. */
    List<Posted> open() {
        return posted.values().stream()
                .filter(p -> p.campaign().status() != CampaignStatus.ENDED)
                .toList();
    }

    /**
     * A campaign on the board.
     *
     * @param faceValue in minor units; a template version never changes
     */
    record Posted(Campaign campaign, long faceValue, String currency, java.util.regex.@Nullable Pattern userIds) {

        Posted as(Campaign now) {
            return new Posted(now, faceValue, currency, userIds);
        }
    }
}

package io.largesse.app.claim;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.UserId;
import io.largesse.pools.ClaimTrace;
import io.largesse.pools.Claims;
import io.largesse.pools.UserClaim;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a user's claims, for those who are asked why. */
public final class ClaimTrails {

    private final Claims claims;
    private final Campaigns campaigns;
    private final Clock clock;

    public ClaimTrails(Claims claims, Campaigns campaigns, Clock clock) {
        this.claims = claims;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /**
     * A user's claims of a campaign.
     *
     * @param claimed what Redis remembers, written or not
     * @param refused the last refusal of each day, newest first, of a week
     * @param more whether more users were refused than are remembered, so that nothing follows from there being none
     */
    public record ClaimTrail(Campaign campaign, List<UserClaim> claimed, List<ClaimTrace> refused, boolean more) {

        boolean tellsSomething() {
            return !claimed.isEmpty() || !refused.isEmpty() || more;
        }
    }

    /** @param only null looks through all campaigns of which users may claim */
    public List<ClaimTrail> of(String typed, @Nullable Campaign only) {
        var user = UserId.canonical(typed);
        if (UserId.problem(user) != null) {
            return List.of();
        }
        var looked = only == null ? campaigns.all() : List.of(only);
        return looked.stream()
                .filter(campaign -> campaign.claimLimit() > 0)
                .map(campaign -> trail(user, campaign))
                .filter(ClaimTrail::tellsSomething)
                .toList();
    }

    private ClaimTrail trail(String user, Campaign campaign) {
        var now = clock.instant();
        var refused = claims.refusals(user, campaign.ledger(), now);
        return new ClaimTrail(
                campaign,
                claims.ofUser(user, List.of(campaign.ledger())),
                refused,
                refused.isEmpty() && claims.hasForgotten(user, campaign.ledger(), now));
    }
}

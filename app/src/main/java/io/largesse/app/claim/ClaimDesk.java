package io.largesse.app.claim;

import io.largesse.app.claim.CampaignBoard.Posted;
import io.largesse.coupons.CampaignStatus;
import io.largesse.pools.ClaimAnswer;
import io.largesse.pools.ClaimAnswer.Unavailable.Reason;
import io.largesse.pools.ClaimLanes;
import io.largesse.pools.ClaimRefusal;
import io.largesse.pools.ClaimRequest;
import io.largesse.pools.ClaimTerms;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Answers claims. All it needs to know is in memory; what it asks is one call of Redis. */
final class ClaimDesk {

    private final CampaignBoard board;
    private final ClaimLanes lanes;
    private final ClaimSettings settings;
    private final Clock clock;
    private final Isolation isolation;
    private final boolean answers;

    /** @param answers whether the node has the role {@code claim}; else whoever asks here is sent on, as from a closed gate */
    ClaimDesk(
            CampaignBoard board,
            ClaimLanes lanes,
            ClaimSettings settings,
            Clock clock,
            Isolation isolation,
            boolean answers) {
        this.isolation = isolation;
        this.answers = answers;
        this.board = board;
        this.lanes = lanes;
        this.settings = settings;
        this.clock = clock;
    }

    @Nullable
    Posted campaign(String name) {
        return board.find(name);
    }

    /** Whether the campaign is for this user at all. */
    static boolean isFor(Posted posted, String user) {
        var pattern = posted.userIds();
        return pattern == null || pattern.matcher(user).matches();
    }

    /** @param key as the user gave it; null if he gave none */
    CompletableFuture<ClaimAnswer> claim(Posted posted, String user, @Nullable String key) {
        if (!answers || isolation.isIsolated()) {
            return CompletableFuture.completedFuture(new ClaimAnswer.Unavailable(Reason.GATE));
        }
        var limit = posted.campaign().claimLimit();
        return lanes.claim(terms(posted, clock.instant()), new ClaimRequest(user, key(limit, key)));
    }

    /** A request that Redis gets twice, since its answer was late, must be recognised even if its user gave it no key. */
    private static String key(int limit, @Nullable String key) {
        if (key != null) {
            return key;
        }
        if (limit <= 1) {
            return "";
        }
        var bytes = new byte[8];
        ThreadLocalRandom.current().nextBytes(bytes);
        return "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private ClaimTerms terms(Posted posted, Instant now) {
        var campaign = posted.campaign();
        var period = campaign.periodOf(now);
        return new ClaimTerms(
                campaign.id(),
                campaign.pool(),
                campaign.ledger(),
                now,
                campaign.claimLimit(),
                settings.perMinute(),
                refusal(posted, now),
                period.from(),
                period.to(),
                posted.faceValue());
    }

    private static @Nullable ClaimRefusal refusal(Posted posted, Instant now) {
        var campaign = posted.campaign();
        if (campaign.status() == CampaignStatus.ENDED) {
            return ClaimRefusal.ENDED;
        }
        if (campaign.status() == CampaignStatus.PAUSED) {
            return ClaimRefusal.PAUSED;
        }
        if (now.isBefore(campaign.opensAt())) {
            return ClaimRefusal.NOT_OPEN;
        }
        var validTo = campaign.validTo();
        var dead = validTo != null && !now.isBefore(validTo); // what is claimed would have ended
        return now.isBefore(campaign.closesAt()) && !dead ? null : ClaimRefusal.OVER;
    }
}

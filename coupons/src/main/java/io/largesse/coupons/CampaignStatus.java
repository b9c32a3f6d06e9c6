package io.largesse.coupons;

import java.util.EnumSet;
import java.util.Set;

/** Where a campaign is in its life. ENDED is final. */
public enum CampaignStatus {
    ACTIVE,
    PAUSED,
    ENDED;

    /** The states from which this one may be reached. */
    Set<CampaignStatus> from() {
        return switch (this) {
            case ACTIVE -> EnumSet.of(PAUSED);
            case PAUSED -> EnumSet.of(ACTIVE);
            case ENDED -> EnumSet.of(ACTIVE, PAUSED);
        };
    }
}

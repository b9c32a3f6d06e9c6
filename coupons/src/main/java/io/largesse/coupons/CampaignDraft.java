package io.largesse.coupons;

import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A campaign as an operator describes it. The components mean what they mean in {@link Campaign}. */
public record CampaignDraft(
        String name,
        String title,
        String business,
        String template,
        CodeFormat codeFormat,
        long stock,
        ZoneId zone,
        Instant opensAt,
        Instant closesAt,
        @Nullable Instant validFrom,
        @Nullable Instant validTo,
        @Nullable Integer validDays,
        int claimLimit,
        @Nullable Long budget,
        @Nullable String userIdPattern,
        @Nullable Long inboxMost) {

    /** The most coupons of one campaign: a thousand million. */
    public static final long MOST_STOCK = 1_000_000_000L;

    private static final Pattern BUSINESS = Pattern.compile("[A-Z][A-Z0-9]{1,11}");

    public CampaignDraft {
        Names.require("campaign", name);
        require(BUSINESS.matcher(business).matches(), "coupons.campaign.business", business);
        require(stock >= 1 && stock <= MOST_STOCK, "coupons.campaign.stock", stock, MOST_STOCK);
        require(opensAt.isBefore(closesAt), "coupons.campaign.window", opensAt.atZone(zone), closesAt.atZone(zone));
        require(claimLimit >= 0, "coupons.campaign.claim-limit", claimLimit);
        requireValidity(zone, opensAt, validFrom, validTo, validDays);
        if (userIdPattern != null) {
            requirePattern(userIdPattern);
        }
        if (inboxMost != null) {
            require(inboxMost >= 1 && inboxMost <= MOST_STOCK, "coupons.campaign.inbox", inboxMost, MOST_STOCK);
        }
    }

    private static void requireValidity(
            ZoneId zone,
            Instant opensAt,
            @Nullable Instant validFrom,
            @Nullable Instant validTo,
            @Nullable Integer validDays) {
        if (validDays != null) {
            require(validFrom == null && validTo == null, "coupons.campaign.validity");
            require(validDays >= 1 && validDays <= 3660, "coupons.campaign.valid-days", validDays);
        } else if (validFrom == null || validTo == null) {
            throw RefusedException.of("coupons.campaign.validity");
        } else {
            var sound = validFrom.isBefore(validTo) && opensAt.isBefore(validTo);
            require(sound, "coupons.campaign.valid-to", validTo.atZone(zone));
        }
    }

    private static void requirePattern(String regex) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw RefusedException.of("coupons.campaign.pattern", regex, e.getDescription());
        }
    }

    private static void require(boolean holds, String code, Object... arguments) {
        if (!holds) {
            throw RefusedException.of(code, arguments);
        }
    }
}

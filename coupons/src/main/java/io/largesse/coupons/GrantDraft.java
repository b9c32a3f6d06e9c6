package io.largesse.coupons;

/** What a grant is asked to do. The components mean what they mean in {@link Grant}. */
public record GrantDraft(
        long campaignId,
        int quantity,
        boolean skipHolders,
        int maxRejects,
        boolean generate,
        String identity,
        boolean again,
        boolean dryRun,
        long faceValue) {

    public static final int MOST_QUANTITY = 1000;

    public GrantDraft {
        requireSane(quantity, maxRejects);
    }

    /** Refuses what no grant can have, for those who ask before they have all of a draft. */
    public static void requireSane(int quantity, int maxRejects) {
        if (quantity < 1 || quantity > MOST_QUANTITY) {
            throw RefusedException.of("coupons.grant.quantity", quantity, MOST_QUANTITY);
        }
        if (maxRejects < 0 || maxRejects > 10_000) {
            throw RefusedException.of("coupons.grant.max-rejects", maxRejects / 100.0);
        }
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantSource;
import io.largesse.coupons.ListedRecipient;
import io.largesse.coupons.Money;
import io.largesse.coupons.RejectCount;
import java.util.List;

/**
 * What an operator wants to know of a grant.
 *
 * @param firstRows the first 20 rows as read
 * @param faceValueAtStake of all its coupons together
 * @param inPool codes of the campaign that nobody holds
 */
public record GrantSummary(
        Grant grant,
        Campaign campaign,
        List<GrantSource> sources,
        List<RejectCount> rejects,
        List<ListedRecipient> firstRows,
        Money faceValueAtStake,
        long inPool) {}

package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grant as an operator asks for it.
 *
 * @param files one or several, in the order given
 * @param quantity coupons for each recipient, 1 to 1,000
 * @param sheets the sheets to read of each file; empty takes the only one
 * @param column the column of user ids, by header, letter or number; null finds it
 * @param generate whether missing codes are generated within the stock
 * @param skipHolders whether users who hold a coupon of the campaign are left out
 * @param maxRejects the share of rejected rows above which the file is refused, in basis points
 * @param again whether a list that was granted before is granted once more
 * @param dryRun whether the grant is only to be checked; issuing it takes another word then
 */
public record GrantRequest(
        Campaign campaign,
        List<Path> files,
        int quantity,
        List<String> sheets,
        @Nullable String column,
        boolean generate,
        boolean skipHolders,
        int maxRejects,
        boolean again,
        boolean dryRun) {

    public static final int DEFAULT_MAX_REJECTS = 1_000;

    public GrantRequest {
        files = List.copyOf(files);
        sheets = List.copyOf(sheets);
    }
}

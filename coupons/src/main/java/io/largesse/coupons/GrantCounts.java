package io.largesse.coupons;

/** What the check of a grant counted: {@code rows = recipients + rejected + duplicates}, and holders if they are skipped. */
public record GrantCounts(long rows, long recipients, long rejected, long duplicates, long holders) {}

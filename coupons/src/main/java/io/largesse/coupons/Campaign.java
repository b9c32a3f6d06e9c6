package io.largesse.coupons;

import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why coupons of one template version are issued.
 *
 * @param business the prefix of its codes; campaigns may share it
 * @param stock how many coupons it may ever issue
 * @param generated codes ever made; with the voided ones taken off, never above the stock
 * @param opensAt from when, and {@code closesAt} until when (exclusive), coupons are issued
 * @param validFrom with {@code validTo}: a fixed period of use; else {@code validDays} counts from the day of issue
 * @param claimLimit how many coupons one user may claim; grants do not count
 * @param budget the most face value that may be issued, in minor units of the template's currency
 * @param userIdPattern a regular expression that user ids match as a whole
 * @param pool the number of its pool: another one once the pool was rebuilt
 * @param inboxMost the most coupons that a list from the inbox may cost; null takes none from there
 * @param ledger the number under which Redis keeps what users have claimed: another one once PostgreSQL was restored
 */
public record Campaign(
        long id,
        String name,
        String title,
        String business,
        long templateId,
        int templateVersion,
        CodeFormat codeFormat,
        long stock,
        long generated,
        long voided,
        ZoneId zone,
        Instant opensAt,
        Instant closesAt,
        @Nullable Instant validFrom,
        @Nullable Instant validTo,
        @Nullable Integer validDays,
        int claimLimit,
        @Nullable Long budget,
        @Nullable String userIdPattern,
        CampaignStatus status,
        Instant createdAt,
        String createdBy,
        long pool,
        @Nullable Long inboxMost,
        long ledger) {

    /** How many codes may still be generated. */
    public long ungenerated() {
        return stock - generated + voided;
    }

    /** The period of use of a coupon issued at this instant; its last day counts whole, in the campaign's zone. */
    public Period periodOf(Instant issuedAt) {
        if (validFrom != null && validTo != null) {
            return new Period(validFrom, validTo);
        }
        if (validDays == null) {
            throw new IllegalStateException("campaign " + name + " has no period of use");
        }
        var lastDay = issuedAt.atZone(zone).toLocalDate().plusDays(validDays);
        return new Period(issuedAt, lastDay.plusDays(1).atStartOfDay(zone).toInstant());
    }

    public @Nullable Pattern pattern() {
        return userIdPattern == null ? null : Pattern.compile(userIdPattern);
    }

    /** Refused unless coupons may be issued at this instant. */
    public void requireIssuing(Instant at) {
        if (status != CampaignStatus.ACTIVE) {
            throw RefusedException.of("coupons.campaign.not-active", name, status);
        }
        if (at.isBefore(opensAt)) {
            throw RefusedException.of("coupons.campaign.not-open", name, opensAt.atZone(zone));
        }
        if (!at.isBefore(closesAt)) {
            throw RefusedException.of("coupons.campaign.closed", name, closesAt.atZone(zone));
        }
        if (validTo != null && !at.isBefore(validTo)) {
            throw RefusedException.of("coupons.campaign.past-end", name, validTo.atZone(zone));
        }
    }

    /** A half-open interval of time. */
    public record Period(Instant from, Instant to) {}
}

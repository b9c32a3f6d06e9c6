package io.largesse.coupons;

import static io.largesse.coupons.Books.OPERATOR;
import static io.largesse.coupons.Books.inTransaction;
import static io.largesse.coupons.Books.the;
import static io.largesse.coupons.Draft.saved;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What may have been used since the moment to which PostgreSQL was restored. */
class RestorationsTest {

    /** A day that no earlier run of these tests has had. */
    private final Instant day =
            Instant.parse("2100-01-01T12:00:00Z").plus(Duration.ofDays(10 * Books.run() % 1_000_000));

    private final String prefix = Books.freshPrefix();

    @Test
    void serialsOfTheDayAreSkippedForPrefixesThatNobodyRemembersToo() {
        var known = Books.campaign(saved().business(prefix).stock(10_000));
        var other = Books.campaign(saved().business(Books.freshPrefix()).stock(10_000));
        assertThat(reserve(known, day).lastSerial()).isEqualTo(1_000);

        restored();
        var serial = reserve(known, day).firstSerial();
        assertThat(serial).isEqualTo(1_001 + (1_000_000_000 - 1_001) / 2);
        assertThat(reserve(other, day).firstSerial()).isEqualTo(serial);
        assertThat(reserve(known, day).firstSerial()).as("skipped once").isEqualTo(serial + 1_000);

        restored();
        assertThat(reserve(known, day).firstSerial()).as("and again").isGreaterThan(serial + 200_000_000);
        assertThat(reserve(known, day.plus(Duration.ofDays(2))).firstSerial()).isEqualTo(1);
    }

    @Test
    void idsAreSkippedAndWhatUsersHaveClaimedIsKeptElsewhere() {
        var before = Books.campaign(saved());
        var grant = Books.grant(before, 1, false);

        restored();

        var after = Books.campaign(saved());
        assertThat(after.id()).isGreaterThan(before.id() + Restorations.SKIPPED_IDS);
        assertThat(Books.grant(after, 1, false).id()).isGreaterThan(grant.id() + Restorations.SKIPPED_IDS);
        var now = the(Campaigns.class).byId(before.id());
        assertThat(now.ledger()).isGreaterThan(before.ledger()).isNotEqualTo(after.ledger());
        assertThat(now.pool()).isEqualTo(before.pool());
    }

    /** Redis may know a campaign of the same number from before. */
    @Test
    void aNewCampaignHasNumbersInRedisThatAreNotItsId() {
        var campaign = Books.campaign(saved());

        assertThat(campaign.pool())
                .isEqualTo(campaign.ledger())
                .isGreaterThan(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli() * 1_000);
    }

    private void restored() {
        inTransaction(() -> {
            new Restorations(the(RestorationMapper.class), the(AuditTrail.class), clock(day)).record(OPERATOR);
            return true;
        });
    }

    private static CodeRange reserve(Campaign campaign, Instant at) {
        var keys = CodeKeys.parse("2000-01-01 = " + "A".repeat(43) + "=");
        var ranges = new CodeRanges(the(CodeRangeMapper.class), the(CampaignMapper.class), keys, clock(at));
        return inTransaction(() -> ranges.reserve(campaign, 1_000, Books.run()));
    }

    private static Clock clock(Instant at) {
        return Clock.fixed(at, ZoneOffset.UTC);
    }
}

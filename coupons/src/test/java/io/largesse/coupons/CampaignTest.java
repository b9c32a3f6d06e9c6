package io.largesse.coupons;

import static io.largesse.coupons.Books.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CampaignTest {

    private static final Instant OPENS = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant CLOSES = Instant.parse("2026-04-01T00:00:00Z");

    @Test
    void theWindowIsHalfOpen() {
        var campaign = campaign(CampaignStatus.ACTIVE, "UTC", null, null, 30);

        assertRefused("coupons.campaign.not-open", () -> campaign.requireIssuing(OPENS.minusNanos(1)));
        assertThatCode(() -> campaign.requireIssuing(OPENS)).doesNotThrowAnyException();
        assertThatCode(() -> campaign.requireIssuing(CLOSES.minusNanos(1))).doesNotThrowAnyException();
        assertRefused("coupons.campaign.closed", () -> campaign.requireIssuing(CLOSES));
    }

    @Test
    void nothingIsIssuedOnceItCouldNotBeSpent() {
        var campaign = campaign(CampaignStatus.ACTIVE, "UTC", OPENS.minusSeconds(9), CLOSES.minusSeconds(5), null);

        assertThatCode(() -> campaign.requireIssuing(CLOSES.minusSeconds(6))).doesNotThrowAnyException();
        assertRefused("coupons.campaign.past-end", () -> campaign.requireIssuing(CLOSES.minusSeconds(5)));
    }

    @ParameterizedTest
    @EnumSource(value = CampaignStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void onlyAnActiveCampaignIssues(CampaignStatus status) {
        var campaign = campaign(status, "UTC", null, null, 30);

        assertRefused("coupons.campaign.not-active", () -> campaign.requireIssuing(OPENS));
    }

    /** Clocks in New York go forward on 8 March and back on 1 November 2026; days there have 23 and 25 hours. */
    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai,    2026-03-05T15:59:59.999Z, 1, 2026-03-06T16:00:00Z",
        "Asia/Shanghai,    2026-03-05T16:00:00Z,     1, 2026-03-07T16:00:00Z",
        "America/New_York, 2026-03-07T17:00:00Z,     1, 2026-03-09T04:00:00Z",
        "America/New_York, 2026-03-07T17:00:00Z,    30, 2026-04-07T04:00:00Z",
        "America/New_York, 2026-10-31T16:00:00Z,     1, 2026-11-02T05:00:00Z",
        "America/New_York, 2026-11-01T05:30:00Z,     7, 2026-11-09T05:00:00Z",
        "America/New_York, 2026-11-01T06:30:00Z,     7, 2026-11-09T05:00:00Z",
        "Africa/Cairo,     2026-04-22T10:00:00Z,     1, 2026-04-23T22:00:00Z",
        "UTC,              2028-02-28T00:00:00Z,     1, 2028-03-01T00:00:00Z"
    })
    void theLastDayCountsWholeInTheCampaignsZone(String zone, Instant issued, int days, Instant end) {
        var period = campaign(CampaignStatus.ACTIVE, zone, null, null, days).periodOf(issued);

        assertThat(period).isEqualTo(new Campaign.Period(issued, end));
    }

    @Test
    void aFixedPeriodIsThatOfEveryCoupon() {
        var campaign = campaign(CampaignStatus.ACTIVE, "UTC", OPENS, CLOSES, null);

        assertThat(campaign.periodOf(OPENS.plusSeconds(99))).isEqualTo(new Campaign.Period(OPENS, CLOSES));
    }

    private static Campaign campaign(CampaignStatus status, String zone, Instant from, Instant to, Integer days) {
        return new Campaign(
                1,
                "summer",
                "Summer",
                "SUMMER",
                1,
                1,
                CodeFormat.OPAQUE,
                10,
                0,
                0,
                ZoneId.of(zone),
                OPENS,
                CLOSES,
                from,
                to,
                days,
                1,
                null,
                null,
                status,
                OPENS,
                "operator",
                1,
                null,
                1);
    }
}

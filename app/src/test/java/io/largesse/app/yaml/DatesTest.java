package io.largesse.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.RefusedException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-12-31, Asia/Shanghai, 2026-12-31T16:00:00Z",
        "2026-12-31, UTC, 2027-01-01T00:00:00Z",
        // the next day begins at 01:00: clocks are put forward at midnight
        "2018-11-03, America/Sao_Paulo, 2018-11-04T03:00:00Z",
        // a day of 25 hours
        "2026-10-25, Europe/Berlin, 2026-10-25T23:00:00Z",
        "2026-12-31T18:00, Asia/Shanghai, 2026-12-31T10:00:00Z",
        "2026-12-31 18:00:30, Asia/Shanghai, 2026-12-31T10:00:30Z",
        "2026-12-31T18:00:00+01:00, Asia/Shanghai, 2026-12-31T17:00:00Z",
        "2026-10-25T02:30+01:00, Europe/Berlin, 2026-10-25T01:30:00Z",
        "2026-12-31T18:00:00Z, Asia/Shanghai, 2026-12-31T18:00:00Z"
    })
    void anEndDayCountsWholeAndAMomentIsItself(String typed, String zone, String expected) {
        assertThat(Dates.end(typed, ZoneId.of(zone))).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "31.12.2026, Asia/Shanghai, 2026-12-31",
        "2026-02-29, Asia/Shanghai, 2026-02-29",
        "tomorrow, Asia/Shanghai, tomorrow",
        "2026-12-31T25:00, Asia/Shanghai, 2026-12-31T25:00",
        "2026-03-29T02:30, Europe/Berlin, does not exist",
        "2026-10-25T02:30, Europe/Berlin, happens twice"
    })
    void whatIsNoDateIsRefused(String typed, String zone, String words) {
        assertThatThrownBy(() -> Dates.beginning(typed, ZoneId.of(zone)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(words);
    }

    @Test
    void anEndIsShownAsItWasTyped() {
        var berlin = ZoneId.of("Europe/Berlin");

        assertThat(Dates.shownEnd(Dates.end("2026-10-25", berlin), berlin)).isEqualTo("2026-10-25 Europe/Berlin");
        assertThat(Dates.shownEnd(Dates.end("2026-10-25T18:00", berlin), berlin))
                .isEqualTo("2026-10-25 18:00 Europe/Berlin");
        assertThat(Dates.shownBeginning(Dates.beginning("2026-10-25", berlin), berlin))
                .isEqualTo("2026-10-25 Europe/Berlin");
    }
}

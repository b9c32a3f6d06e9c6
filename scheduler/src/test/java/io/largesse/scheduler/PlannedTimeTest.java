package io.largesse.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.RefusedException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters by the planned time, and coming times, where the clock is put forward and back. */
class PlannedTimeTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "@planned,     2026-11-02T07:30:00Z, 2026-11-02T07:30:00Z",
        "@planned-1d,  2026-11-02T07:30:00Z, 2026-11-01T07:30:00Z", // 02:30 of the day on which the clock went back at
        // 02:00
        "@planned-2d,  2026-11-02T07:30:00Z, 2026-10-31T06:30:00Z", // 02:30 too: 49 hours before
        "@planned-48h, 2026-11-02T07:30:00Z, 2026-10-31T07:30:00Z",
        "@planned-1d,  2026-03-09T06:30:00Z, 2026-03-08T07:30:00Z", // 02:30 was skipped: 03:30
        "@planned+90m, 2026-03-08T06:30:00Z, 2026-03-08T08:00:00Z",
        "@planned-180d,2026-11-28T18:30:00Z, 2026-06-01T17:30:00Z",
    })
    void aDayIsOneOfTheCalendarAndAnHourIsAnHour(String typed, Instant planned, String expected) {
        assertThat(PlannedTime.resolve(Map.of("before", typed), planned, NEW_YORK))
                .containsExactly(Map.entry("before", expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@planned-", "@planned-1", "@planned-1w", "@plan", "@", "@planned -1d", "@planned-99999d"})
    void whatIsNotUnderstoodIsRefused(String typed) {
        assertThatThrownBy(() -> PlannedTime.resolve(Map.of("before", typed), Instant.EPOCH, NEW_YORK))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("@planned");
    }

    @Test
    void theFirstTimeAfterAChangeOfTheClockIsMarked() {
        var next = NextTime.after(Instant.parse("2026-10-30T12:00:00Z"), "30 2 * * *", NEW_YORK, 4);
        assertThat(next).extracting(NextTime::clockChanges).containsExactly(false, true, false, false);
        assertThat(next.get(1).at()).isEqualTo("2026-11-01T02:30-05:00[America/New_York]");

        var skipped = NextTime.after(Instant.parse("2026-03-07T12:00:00Z"), "30 2 * * *", NEW_YORK, 2);
        assertThat(skipped).extracting(NextTime::clockChanges).containsExactly(true, false);
        assertThat(skipped.get(0).at()).isEqualTo("2026-03-08T03:00-04:00[America/New_York]");

        assertThat(NextTime.after(Instant.parse("2026-03-07T12:00:00Z"), "30 2 * * *", ZoneId.of("Asia/Shanghai"), 400))
                .noneMatch(NextTime::clockChanges);
    }
}

package io.largesse.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times by the clock on the wall, over its changes. All expected instants were worked out by hand from the zones' published changes. */
class DueTimesTest {

    private static final ZoneId NEW_YORK =
            ZoneId.of("America/New_York"); // 2026-03-08 02:00 to 03:00, 2026-11-01 02:00 to 01:00
    private static final ZoneId LORD_HOWE =
            ZoneId.of("Australia/Lord_Howe"); // 2026-04-05 02:00 to 01:30, 2026-10-04 02:00 to 02:30
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai"); // none

    @Test
    void aTimeThatTheClockSkipsIsDueOnceItHasBeenPutForward() {
        assertThat(due("30 2 * * *", NEW_YORK, "2026-03-07T00:00", 3))
                .containsExactly(
                        Instant.parse("2026-03-07T07:30:00Z"),
                        Instant.parse("2026-03-08T07:00:00Z"), // 03:00, the first moment after 01:59
                        Instant.parse("2026-03-09T06:30:00Z"));
        assertThat(due("15 2 * * *", LORD_HOWE, "2026-10-03T00:00", 3))
                .containsExactly(
                        Instant.parse("2026-10-02T15:45:00Z"),
                        Instant.parse("2026-10-03T15:30:00Z"), // 02:30
                        Instant.parse("2026-10-04T15:15:00Z"));
    }

    @Test
    void aTimeThatComesTwiceIsDueTheFirstTime() {
        assertThat(due("30 1 * * *", NEW_YORK, "2026-10-31T00:00", 3))
                .containsExactly(
                        Instant.parse("2026-10-31T05:30:00Z"),
                        Instant.parse("2026-11-01T05:30:00Z"),
                        Instant.parse("2026-11-02T06:30:00Z"));
        assertThat(due("45 1 * * *", LORD_HOWE, "2026-04-04T00:00", 3))
                .containsExactly(
                        Instant.parse("2026-04-03T14:45:00Z"),
                        Instant.parse("2026-04-04T14:45:00Z"),
                        Instant.parse("2026-04-05T15:15:00Z"));
    }

    @Test
    void intervalsAreDueEachTimeTheWallSaysSo() {
        assertThat(due("0 * * * *", NEW_YORK, "2026-10-31T23:30", 4))
                .containsExactly(
                        Instant.parse("2026-11-01T04:00:00Z"), // 00:00
                        Instant.parse("2026-11-01T05:00:00Z"), // 01:00
                        Instant.parse("2026-11-01T06:00:00Z"), // 01:00 again
                        Instant.parse("2026-11-01T07:00:00Z"));
        assertThat(due("*/30 * * * *", NEW_YORK, "2026-03-08T01:00", 3))
                .containsExactly(
                        Instant.parse("2026-03-08T06:30:00Z"), // 01:30
                        Instant.parse("2026-03-08T07:00:00Z"), // 03:00: 02:00, 02:30 and 03:00 are one
                        Instant.parse("2026-03-08T07:30:00Z"));
        assertThat(due("*/15 * * * *", LORD_HOWE, "2026-04-05T01:15", 5))
                .containsExactly(
                        Instant.parse("2026-04-04T14:30:00Z"), // 01:30
                        Instant.parse("2026-04-04T14:45:00Z"),
                        Instant.parse("2026-04-04T15:00:00Z"), // 01:30 again
                        Instant.parse("2026-04-04T15:15:00Z"),
                        Instant.parse("2026-04-04T15:30:00Z")); // 02:00
    }

    @Test
    void whereTheClockIsNeverChangedEachDayIsOneDay() {
        var times = due("30 2 * * *", SHANGHAI, "2026-01-01T00:00", 365);
        assertThat(times).hasSize(365);
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isEqualTo(Duration.ofDays(1));
        }
    }

    /** However a stretch of time is cut, each time is found once: nodes look whenever they look. */
    @ParameterizedTest
    @ValueSource(strings = {"30 2 * * *", "30 1 * * *", "*/15 * * * *", "0 */2 * * *", "45 1 * * 0", "0 0 31 * *"})
    void cutAnywhereEachTimeIsFoundOnce(String cron) {
        for (var zone : List.of(NEW_YORK, LORD_HOWE, SHANGHAI)) {
            var due = DueTimes.of(cron, zone);
            for (var day : List.of("2026-03-07T12:00", "2026-04-04T12:00", "2026-10-03T12:00", "2026-10-31T12:00")) {
                var from = LocalDateTime.parse(day).atZone(zone).toInstant();
                var until = from.plus(Duration.ofHours(30));
                var whole = due.between(from, until, 1_000);
                var pieces = new java.util.ArrayList<Instant>();
                for (var at = from; at.isBefore(until); at = at.plus(Duration.ofMinutes(7))) {
                    var to = at.plus(Duration.ofMinutes(7));
                    pieces.addAll(due.between(at, to.isAfter(until) ? until : to, 1_000));
                }
                assertThat(pieces).as("%s in %s", cron, zone).isEqualTo(whole).isSorted();
                assertThat(due.between(from, until, 3)).isEqualTo(whole.subList(0, Math.min(3, whole.size())));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "0 30 2 * * *", "61 * * * *", "a b c d e", "@often", "30 2 * * MON-"})
    void whatIsNoTimeIsRefused(String cron) {
        assertThatThrownBy(() -> DueTimes.of(cron, SHANGHAI)).isInstanceOf(RefusedException.class);
    }

    @Test
    void whatNeverComesHasNoTimes() {
        assertThat(due("0 0 30 2 *", SHANGHAI, "2026-01-01T00:00", 3)).isEmpty();
        assertThat(due("0 0 29 2 *", SHANGHAI, "2026-01-01T00:00", 3)).hasSize(2); // within eight years
    }

    /** Asked every few seconds, by each node. */
    @Test
    @Timeout(10)
    void theNextTimeIsFoundWithoutLookingAtAllThatFollow() {
        for (int i = 0; i < 200; i++) {
            assertThat(due("* * * * *", NEW_YORK, "2026-03-01T00:00", 1)).hasSize(1);
        }
    }

    private static List<Instant> due(String cron, ZoneId zone, String after, int most) {
        return DueTimes.of(cron, zone)
                .next(LocalDateTime.parse(after).atZone(zone).toInstant(), most);
    }
}

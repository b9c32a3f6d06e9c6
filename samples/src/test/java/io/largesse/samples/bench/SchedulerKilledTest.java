package io.largesse.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Misfire;
import io.largesse.coupons.Overlap;
import io.largesse.coupons.ScheduleDraft;
import io.largesse.coupons.Schedules;
import io.largesse.scheduler.ScheduleDesk;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes with the role scheduler, one of them killed while times are made up for: each runs once. */
class SchedulerKilledTest {

    private static final Site SITE = SharedSite.get();
    private static final int TIMES = 16;
    private static final int CODES = 10;

    @Test
    void eachTimeRunsOnceWhicheverNodeDies() {
        var campaign = SITE.campaign(2L * TIMES * CODES);
        var name = "top-up-" + Site.fresh();
        var schedules = SITE.the(Schedules.class);
        var schedule = SITE.the(ScheduleDesk.class)
                .add(
                        new ScheduleDraft(
                                name,
                                "generate-codes",
                                List.of("campaign=" + campaign.name(), "count=" + CODES),
                                "* * * * *",
                                ZoneId.of("Asia/Shanghai"),
                                Misfire.EACH,
                                Overlap.QUEUE),
                        Site.operator());
        try (var one = ClaimNode.start(SITE);
                var two = ClaimNode.start(SITE);
                var sql = SITE.stores.sql()) {
            sql.run("UPDATE schedule SET last_planned = date_trunc('minute', now()) - interval '" + TIMES
                    + " minutes' WHERE id = " + schedule.id());
            for (var node : List.of(one, two)) {
                var before = done(sql, schedule.id());
                Waiting.until("some to be done", () -> done(sql, schedule.id()) >= before + 3);
                if (node == one) {
                    node.kill();
                }
            }
            Waiting.until("all to be done", () -> done(sql, schedule.id()) >= TIMES);
            sql.run("UPDATE schedule SET last_planned = now() + interval '1 day' WHERE id = " + schedule.id());
            Waiting.until("the last to be done", () -> !schedules.hasOpen(schedule));

            var planned = sql.number("SELECT count(*) FROM schedule_fire WHERE schedule_id = ?", schedule.id());
            assertThat(planned).isGreaterThanOrEqualTo(TIMES);
            assertThat(done(sql, schedule.id())).isEqualTo(planned);
            assertThat(sql.number(
                            "SELECT count(*) FROM run WHERE job = 'generate-codes' AND cause = ?",
                            "schedule " + name + " by schedule"))
                    .isEqualTo(planned);
            assertThat(generated(campaign)).isEqualTo(planned * CODES);
            assertThat(SITE.auditor.findingsInCodes(campaign.id())).isEmpty();
        } finally {
            schedules.remove(schedule, Site.operator());
        }
    }

    private static long done(Sql sql, long schedule) {
        return sql.number("SELECT count(*) FROM schedule_fire WHERE schedule_id = ? AND state = 'DONE'", schedule);
    }

    private static long generated(Campaign campaign) {
        return SITE.the(Campaigns.class).byName(campaign.name()).generated();
    }
}

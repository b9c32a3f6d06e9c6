package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Fire;
import io.largesse.coupons.FireState;
import io.largesse.coupons.Misfire;
import io.largesse.coupons.Overlap;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedule;
import io.largesse.coupons.ScheduleDraft;
import io.largesse.coupons.Schedules;
import io.largesse.jobs.JobDesk;
import io.largesse.jobs.ProcessName;
import io.largesse.scheduler.FireRunner;
import io.largesse.scheduler.Planner;
import io.largesse.scheduler.ScheduleDesk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Times of schedules: each is planned once, and runs once or is told why not. */
class ScheduleTest {

    private static final Program PROGRAM = Program.shared();
    private static final Sample SAMPLE = new Sample(PROGRAM);
    private static final Actor OPERATOR = new Actor("operator", "test", "request-1");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Two seconds after a quarter past; schedules below are due every five minutes. */
    private static final Instant NOW = Instant.now()
            .truncatedTo(ChronoUnit.DAYS)
            .minus(10, ChronoUnit.DAYS)
            .plusSeconds(15 * 60 + 2);

    private static String campaign;

    @BeforeAll
    static void start() throws Exception {
        campaign = SAMPLE.campaign(10_000);
    }

    /** Those of a test are not another's. */
    @AfterEach
    void remove() {
        schedules().all().forEach(schedule -> schedules().remove(schedule, OPERATOR));
    }

    @Test
    void eachTimeIsPlannedOnceHoweverManyLook() throws Exception {
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 20 * 60);
        var threads = Executors.newFixedThreadPool(6);
        var looks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 6; i++) {
            looks.add(() -> {
                planner(NOW).look();
                return true;
            });
        }
        for (var look : threads.invokeAll(looks)) {
            assertThat(look.get()).isTrue();
        }
        threads.shutdown();

        assertThat(fires(schedule)).extracting(Fire::plannedAt).containsExactly(ago(902), ago(602), ago(302), ago(2));
        assertThat(fires(schedule)).extracting(Fire::state).containsOnly(FireState.PENDING);
        planner(NOW.plusSeconds(10)).look();
        assertThat(fires(schedule)).hasSize(4);
        planner(NOW.plusSeconds(300)).look();
        assertThat(fires(schedule)).hasSize(5);
    }

    @Test
    void ofTimesThatWereMissedTheLatestRuns() {
        var schedule = schedule(Misfire.ONCE, Overlap.QUEUE, 20 * 60);

        planner(NOW.plusSeconds(200)).look();

        assertThat(fires(schedule))
                .extracting(Fire::state)
                .containsExactly(FireState.SKIPPED, FireState.SKIPPED, FireState.SKIPPED, FireState.PENDING);
        assertThat(fires(schedule).get(0).reason()).contains("a later time runs instead");
    }

    @Test
    void ifMissedTimesAreToBeSkippedOnlyOneInTimeRuns() {
        var schedule = schedule(Misfire.SKIP, Overlap.QUEUE, 11 * 60);

        planner(NOW).look();

        assertThat(fires(schedule))
                .extracting(Fire::state)
                .containsExactly(FireState.SKIPPED, FireState.SKIPPED, FireState.PENDING);
        assertThat(fires(schedule).get(0).reason()).contains("nobody looked");
    }

    @Test
    void aTimeAtWhichTheOneBeforeHasNotEndedWaitsOrIsSkipped() {
        var waits = schedule(Misfire.ONCE, Overlap.QUEUE, 60);
        var skips = schedule(Misfire.ONCE, Overlap.SKIP, 60);
        planner(NOW).look();

        planner(NOW.plusSeconds(300)).look();

        assertThat(fires(waits)).extracting(Fire::state).containsExactly(FireState.PENDING, FireState.PENDING);
        assertThat(fires(skips)).extracting(Fire::state).containsExactly(FireState.PENDING, FireState.SKIPPED);
        assertThat(fires(skips).get(1).reason()).isEqualTo("the one before has not ended");
    }

    /** More than are planned in one transaction. */
    @Test
    void aLongTimeWithoutAnybodyIsOnRecordWhole() {
        var schedule = schedule(Misfire.ONCE, Overlap.QUEUE, 1_201 * 300);

        planner(NOW).look();

        assertThat(schedules().latest(schedule, 5_000)).hasSize(1_201);
        assertThat(schedules().latest(schedule, 5_000))
                .filteredOn(fire -> fire.state() == FireState.PENDING)
                .hasSize(1);
    }

    @Test
    void whatWasDueWhileItWasPausedIsNotMadeUpFor() {
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 20 * 60);
        planner(NOW).look();
        PROGRAM.json("schedule", "pause", schedule.name());
        planner(NOW.plusSeconds(300)).look();
        assertThat(fires(schedule))
                .extracting(Fire::state)
                .containsOnly(FireState.SKIPPED)
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(runner().runNext()).isFalse();

        PROGRAM.json("schedule", "resume", schedule.name());
        assertThat(found(schedule).lastPlanned())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    /** All nodes were away, and the first who comes back is an operator. */
    @Test
    void whatNobodyHadPlannedYetGoesOnRecordBeforeItIsPausedOrChanged() {
        var paused = schedule(Misfire.EACH, Overlap.QUEUE, 20 * 60);
        var changed = schedule(Misfire.EACH, Overlap.QUEUE, 20 * 60);
        var draft = changed.draft();

        PROGRAM.json("schedule", "pause", paused.name());
        PROGRAM.bean(ScheduleDesk.class)
                .apply(
                        List.of(new ScheduleDraft(
                                draft.name(),
                                draft.job(),
                                draft.parameters(),
                                "0 3 * * *",
                                draft.zone(),
                                draft.misfire(),
                                draft.overlap())),
                        OPERATOR);

        for (var schedule : List.of(paused, changed)) {
            assertThat(fires(schedule))
                    .hasSizeGreaterThanOrEqualTo(4)
                    .extracting(Fire::state)
                    .containsOnly(FireState.SKIPPED);
        }
    }

    @Test
    void eachTimeRunsOnceByWhicheverNode() throws Exception {
        var before = generated();
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 20 * 60);
        planner(NOW).look();
        var nodes = List.of(runner(), runner(), runner());
        var threads = Executors.newFixedThreadPool(nodes.size());
        for (int round = 0; round < 200 && schedules().hasOpen(schedule); round++) {
            threads.invokeAll(nodes.stream()
                    .map(node -> (Callable<Boolean>) node::runNext)
                    .toList());
        }
        threads.shutdown();

        assertThat(fires(schedule)).extracting(Fire::state).containsOnly(FireState.DONE);
        assertThat(fires(schedule)).extracting(Fire::runId).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(generated() - before).isEqualTo(4 * 10);
    }

    /** The node that took it died: before it began, or after it had begun and done nothing yet. */
    @Test
    void aTimeWhoseNodeDiedIsGoneOnWith() {
        var before = generated();
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 6 * 60);
        planner(NOW).look();
        var first = schedules().take("dead:1:x", Duration.ofMillis(1));
        assertThat(first).isNotNull();
        sql().update("UPDATE schedule_fire SET lease_until = now() - interval '1 second' WHERE id = ?", first.id());

        assertThat(runner().runNext()).isTrue();
        assertThat(fires(schedule).get(0).state()).isEqualTo(FireState.DONE);
        assertThat(schedules().end(first, FireState.FAILED, "too late", null)).isFalse();

        var second = schedules().take("dead:2:x", Duration.ofMillis(1));
        assertThat(second).isNotNull();
        beginAsTheDead(schedule, second, "dead:2:x");

        assertThat(runner().runNext()).isTrue();

        assertThat(fires(schedule)).extracting(Fire::state).containsOnly(FireState.DONE);
        assertThat(PROGRAM.bean(Runs.class).ofFire(second)).hasSize(1);
        assertThat(generated() - before).isEqualTo(2 * 10);
    }

    /** Its node was asked to end, and was gone before the run had stopped: nobody wanted it to stop for good. */
    @Test
    void aTimeWhoseNodeWasEndedTooEarlyIsGoneOnWithAndOneThatAPersonStoppedIsNot() {
        var before = generated();
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 6 * 60);
        planner(NOW).look();
        var runs = PROGRAM.bean(Runs.class);
        var first = schedules().take("dead:3:x", Duration.ofMillis(1));
        assertThat(first).isNotNull();
        var ended = beginAsTheDead(schedule, first, "dead:3:x");
        runs.requestStop(ended);
        runs.handOver(ended);

        assertThat(runner().runNext()).isTrue();
        var second = schedules().take("dead:4:x", Duration.ofMillis(1));
        assertThat(second).isNotNull();
        runs.requestStop(beginAsTheDead(schedule, second, "dead:4:x"));
        assertThat(runner().runNext()).isTrue();

        assertThat(fires(schedule)).extracting(Fire::state).containsExactly(FireState.DONE, FireState.STOPPED);
        assertThat(generated() - before).isEqualTo(10);
        sql().update("UPDATE run SET state = 'STOPPED' WHERE request_id = ?", second.requestId());
    }

    /** It was asked to end, its run has stopped, and it was gone before it could leave that to others. */
    @Test
    void aTimeWhoseNodeWasGoneOnceItsRunHadStoppedIsGoneOnWith() {
        var before = generated();
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 60);
        planner(NOW).look();
        var fire = schedules().take("dead:5:x", Duration.ofMillis(1));
        assertThat(fire).isNotNull();
        var run = beginAsTheDead(schedule, fire, "dead:5:x");
        var runs = PROGRAM.bean(Runs.class);
        runs.requestStop(run);
        runs.handOver(run);
        sql().update("UPDATE run SET state = 'STOPPED', ended_at = now() WHERE id = ?", run);
        assertThat(runs.dead(5)).extracting(Run::id).as("by a worker too").contains(run);

        assertThat(runner().runNext()).isTrue();

        assertThat(fires(schedule)).extracting(Fire::state).containsExactly(FireState.DONE);
        assertThat(runs.ofFire(fire)).extracting(Run::state).containsExactly(RunState.DONE);
        assertThat(generated() - before).isEqualTo(10);
    }

    @Test
    void whatAPersonStopsStaysStoppedThoughItsNodeIsEnded() {
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 60);
        planner(NOW).look();
        var fire = schedules().take("dead:6:x", Duration.ofMillis(1));
        assertThat(fire).isNotNull();
        var run = beginAsTheDead(schedule, fire, "dead:6:x");
        var runs = PROGRAM.bean(Runs.class);
        runs.requestStop(run);
        runs.handOver(run);
        sql().update("UPDATE run SET state = 'RUNNING' WHERE id = ?", run); // released to others
        runs.requestStop(run);

        assertThat(runs.dead(5)).extracting(Run::id).doesNotContain(run);
        sql().update("UPDATE run SET state = 'STOPPED' WHERE id = ?", run);
        assertThat(runner().runNext()).isTrue();
        assertThat(fires(schedule)).extracting(Fire::state).containsExactly(FireState.STOPPED);
    }

    @Test
    void aTimeThatHasNotBegunDoesNotBeginOnceItsScheduleIsPaused() {
        var before = generated();
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 60);
        planner(NOW).look();
        var fire = schedules().take("dead:7:x", Duration.ofMillis(1));
        assertThat(fire).isNotNull();
        schedules().pause(schedule, true, OPERATOR);
        sql().update("UPDATE schedule_fire SET lease_until = now() - interval '1 second' WHERE id = ?", fire.id());

        assertThat(runner().runNext()).isTrue();

        assertThat(fires(schedule)).extracting(Fire::state).containsExactly(FireState.SKIPPED);
        assertThat(fires(schedule).get(0).reason()).contains("paused");
        assertThat(generated()).isEqualTo(before);
    }

    /** However long the first one is put off: they are made up for in order. */
    @Test
    void aTimeThatIsPutOffKeepsLaterOnesWaiting() {
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 11 * 60);
        planner(NOW).look();
        var first = schedules().take("node:1:x", Duration.ofMinutes(1));
        assertThat(first).isNotNull();

        schedules().putOff(first, Duration.ofMinutes(1), "for the test", true);

        assertThat(schedules().take("node:2:x", Duration.ofMinutes(1))).isNull();
        assertThat(fires(schedule).get(0).failures()).isEqualTo(1);
    }

    @Test
    void aTimeWithAnotherRunInItsWayWaitsAndSaysFor() {
        var draft = new ScheduleDraft(
                "sweep", "sweep-expired", List.of(), "*/5 * * * *", ZONE, Misfire.EACH, Overlap.QUEUE);
        var schedule = PROGRAM.bean(ScheduleDesk.class).add(draft, OPERATOR);
        schedules().fire(schedule, OPERATOR);
        var runs = PROGRAM.bean(Runs.class);
        var other = runs.start(RunSpec.of("sweep-expired", "coupons", ""), OPERATOR, "x:1:x");

        assertThat(runner().runNext()).isTrue();

        var fire = fires(schedule).get(0);
        assertThat(fire.state()).isEqualTo(FireState.PENDING);
        assertThat(fire.reason()).contains("run " + other.run());
        runs.end(other, RunState.DONE, null);
        sql().update("UPDATE schedule_fire SET not_before = now() WHERE id = ?", fire.id());
        assertThat(runner().runNext()).isTrue();
        assertThat(fires(schedule).get(0).state()).isEqualTo(FireState.DONE);
    }

    /** It wakes after another node has run its time: the database does not let it begin a second run. */
    @Test
    void aNodeThatWasFrozenBeforeItBeganBeginsNothing() {
        var before = generated();
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 60);
        planner(NOW).look();
        var frozen = schedules().take("frozen:1:x", Duration.ofMillis(1));
        assertThat(frozen).isNotNull();
        sql().update("UPDATE schedule_fire SET lease_until = now() - interval '1 second' WHERE id = ?", frozen.id());
        assertThat(runner().runNext()).isTrue();

        var actor = new Actor("schedule " + schedule.name(), "schedule", frozen.requestId());
        assertThatThrownBy(() ->
                        PROGRAM.bean(JobDesk.class).run("generate-codes", schedule.parameterMap(), actor, p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another node");

        assertThat(generated() - before).isEqualTo(10);
    }

    @Test
    void aTimeThatIsRefusedSaysWhy() {
        var schedule = schedule(Misfire.EACH, Overlap.QUEUE, 60, "campaign=" + campaign, "count=9999999");
        planner(NOW).look();

        assertThat(runner().runNext()).isTrue();

        assertThat(fires(schedule).get(0).state()).isEqualTo(FireState.REFUSED);
        assertThat(fires(schedule).get(0).reason()).contains("--stock");
    }

    @Test
    void theCommandsTellWhatWillBe() {
        var next =
                PROGRAM.json("schedule", "next", "--cron", "30 2 * * *", "--zone", "America/New_York", "--most", "100");
        assertThat(next.get("next").size()).isEqualTo(100);

        var added = PROGRAM.run(
                "schedule",
                "add",
                "nightly",
                "--cron",
                "30 2 * * *",
                "--zone",
                "Asia/Shanghai",
                "--job",
                "sweep-expired",
                "cutoff=@planned-1d");
        assertThat(added.code()).as(added.toString()).isZero();
        assertThat(added.err()).contains("No node with the role scheduler");
        assertThat(added.out()).contains("02:30 +08:00");
        assertThat(PROGRAM.json("schedule", "list").toString()).contains("nightly", "@planned-1d");

        PROGRAM.json("schedule", "fire", "nightly");
        assertThat(runner().runNext()).isTrue();
        assertThat(PROGRAM.json("schedule", "show", "nightly").toString()).contains("\"DONE\"");
        PROGRAM.json("schedule", "remove", "nightly");
        assertThat(PROGRAM.run("schedule", "show", "nightly").code()).isEqualTo(3);
    }

    @Test
    void aFileIsAppliedAsAWholeAndOnce() throws Exception {
        var file = "../samples/schedules/nightly.yaml";
        assertThat(PROGRAM.json("schedule", "apply", "--file", file)
                        .get("applied")
                        .size())
                .isEqualTo(5);
        assertThat(PROGRAM.json("schedule", "apply", "-f", file).get("applied").size())
                .isZero();
        var changed = Files.writeString(
                PROGRAM.home().resolve("changed.yaml"),
                Files.readString(Path.of(file))
                        .replace("30 2 * * *", "45 2 * * *")
                        .replace("name: books", "name: more"));

        var applied = PROGRAM.json("schedule", "apply", "-f", changed.toString());

        assertThat(applied.get("applied").toString()).contains("nightly-sweep", "more");
        assertThat(schedules().byName("nightly-sweep").cron()).isEqualTo("45 2 * * *");
        assertThat(schedules().all()).hasSize(6);
        var wrong = Files.writeString(
                changed,
                Files.readString(changed).replace("45 2 * * *", "50 2 * * *").replace("0 5 * * MON", "0 5 * *"));
        assertThat(PROGRAM.run("schedule", "apply", "-f", wrong.toString()).code())
                .isEqualTo(3);
        assertThat(schedules().byName("nightly-sweep").cron()).isEqualTo("45 2 * * *");
    }

    @Test
    void whatCouldNotRunIsRefusedByDay() {
        refused("five", "--cron", "30 2 * *", "--zone", "Asia/Shanghai", "--job", "reconcile");
        refused("no time zone", "--cron", "30 2 * * *", "--zone", "Shanghai", "--job", "reconcile");
        refused("there is no job", "--cron", "30 2 * * *", "--zone", "Asia/Shanghai", "--job", "sweeping");
        refused("not for the clock", "--cron", "30 2 * * *", "--zone", "Asia/Shanghai", "--job", "grant-coupons");
        refused(
                "no campaign",
                "--cron",
                "30 2 * * *",
                "--zone",
                "Asia/Shanghai",
                "--job",
                "generate-codes",
                "campaign=nope",
                "count=1");
        refused(
                "count",
                "--cron",
                "30 2 * * *",
                "--zone",
                "Asia/Shanghai",
                "--job",
                "generate-codes",
                "campaign=" + campaign);
        refused("UTC", "--cron", "30 2 * * *", "--zone", "Asia/Shanghai", "--job", "sweep-expired", "cutoff=yesterday");
        refused(
                "@planned",
                "--cron",
                "30 2 * * *",
                "--zone",
                "Asia/Shanghai",
                "--job",
                "sweep-expired",
                "cutoff=@yesterday");
        refused("key=value", "--cron", "30 2 * * *", "--zone", "Asia/Shanghai", "--job", "sweep-expired", "cutoff");
        refused(
                "--overlap queue",
                "--cron",
                "30 2 * * *",
                "--zone",
                "Asia/Shanghai",
                "--job",
                "reconcile",
                "--misfire",
                "each",
                "--overlap",
                "skip");
        assertThat(schedules().all()).isEmpty();
    }

    private static void refused(String why, String... words) {
        var line = new ArrayList<String>(List.of("schedule", "add", "x"));
        line.addAll(List.of(words));
        var answer = PROGRAM.run(line.toArray(String[]::new));
        assertThat(answer.code()).as(answer.toString()).isEqualTo(3);
        assertThat(answer.err()).contains(why);
    }

    private static Schedule schedule(Misfire misfire, Overlap overlap, int plannedSecondsAgo) {
        return schedule(misfire, overlap, plannedSecondsAgo, "campaign=" + campaign, "count=10");
    }

    private static Schedule schedule(Misfire misfire, Overlap overlap, int plannedSecondsAgo, String... parameters) {
        var name = "s" + NUMBER.incrementAndGet();
        var draft =
                new ScheduleDraft(name, "generate-codes", List.of(parameters), "*/5 * * * *", ZONE, misfire, overlap);
        var added = PROGRAM.bean(ScheduleDesk.class).add(draft, OPERATOR);
        sql().update(
                        "UPDATE schedule SET last_planned = ? WHERE id = ?",
                        java.sql.Timestamp.from(ago(plannedSecondsAgo)),
                        added.id());
        return found(added);
    }

    /** A run for a time, of a process that has fallen silent before it did anything. */
    private static long beginAsTheDead(Schedule schedule, Fire fire, String owner) {
        var id = PROGRAM.bean(io.largesse.coupons.Campaigns.class)
                .byName(campaign)
                .id();
        var spec = RunSpec.beside(
                "generate-codes",
                "codes of " + campaign + " for " + fire.requestId(),
                "campaign=" + id + " count=10",
                id);
        var actor = new Actor("schedule " + schedule.name(), "schedule", fire.requestId());
        var hold = PROGRAM.bean(Runs.class).start(spec, actor, owner);
        sql().update("UPDATE schedule_fire SET lease_until = now() - interval '1 second' WHERE id = ?", fire.id());
        sql().update("UPDATE run SET lease_until = now() - interval '1 second' WHERE id = ?", hold.run());
        return hold.run();
    }

    private static Schedule found(Schedule schedule) {
        return java.util.Objects.requireNonNull(schedules().byId(schedule.id()));
    }

    private static Instant ago(int seconds) {
        return NOW.minusSeconds(seconds);
    }

    /** Oldest first. */
    private static List<Fire> fires(Schedule schedule) {
        var fires = new ArrayList<>(schedules().latest(schedule, 100));
        java.util.Collections.reverse(fires);
        return fires;
    }

    private static long generated() {
        return PROGRAM.bean(io.largesse.coupons.Campaigns.class)
                .byName(campaign)
                .generated();
    }

    private static Planner planner(Instant now) {
        return new Planner(schedules(), () -> now);
    }

    private static FireRunner runner() {
        return new FireRunner(
                schedules(), PROGRAM.bean(JobDesk.class), PROGRAM.bean(Runs.class), PROGRAM.bean(ProcessName.class));
    }

    private static Schedules schedules() {
        return PROGRAM.bean(Schedules.class);
    }

    private static JdbcTemplate sql() {
        return PROGRAM.bean(JdbcTemplate.class);
    }
}

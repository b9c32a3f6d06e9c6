package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface ScheduleMapper {

    String FIRE = "id, schedule_id, planned_at, state, reason, run_id, owner, attempts, failures, ended_at";

    @Select(affectData = true, value = """
            INSERT INTO schedule (name, job, parameters, cron, zone, misfire, overlap, last_planned, created_at, created_by)
            VALUES (#{d.name}, #{d.job}, #{d.parameters,typeHandler=io.largesse.coupons.TextArrayTypeHandler}, #{d.cron},
                    #{d.zone,javaType=java.time.ZoneId}, #{d.misfire}, #{d.overlap}, #{at}, #{at}, #{by})
            ON CONFLICT (name) DO NOTHING RETURNING id
            """)
    @Nullable
    Long insert(@Param("d") ScheduleDraft draft, @Param("at") Instant at, @Param("by") String by);

    @Select("SELECT * FROM schedule ORDER BY name")
    List<Schedule> all();

    @Select("SELECT * FROM schedule WHERE name = #{name}")
    @Nullable
    Schedule byName(String name);

    @Select("SELECT * FROM schedule WHERE id = #{id}")
    @Nullable
    Schedule byId(long id);

    @Select("SELECT * FROM schedule WHERE id = #{id} FOR UPDATE")
    @Nullable
    Schedule lock(long id);

    @Select("SELECT to_jsonb(s)::text FROM schedule s WHERE id = #{id}")
    String show(long id);

    /** By another cron expression it is due from now on. */
    @Update("""
            UPDATE schedule SET job = #{d.job},
                                parameters = #{d.parameters,typeHandler=io.largesse.coupons.TextArrayTypeHandler},
                                last_planned = CASE WHEN cron = #{d.cron} AND zone = #{d.zone,javaType=java.time.ZoneId}
                                               THEN last_planned ELSE greatest(last_planned, now()) END,
                                cron = #{d.cron}, zone = #{d.zone,javaType=java.time.ZoneId}, misfire = #{d.misfire},
                                overlap = #{d.overlap}
            WHERE id = #{id}
            """)
    int change(@Param("id") long id, @Param("d") ScheduleDraft draft);

    @Delete("DELETE FROM schedule WHERE id = #{id}")
    int delete(long id);

    /** What was due while it was paused is not made up for. */
    @Update("""
            UPDATE schedule SET paused = #{paused},
                                last_planned = CASE WHEN #{paused} THEN last_planned ELSE greatest(last_planned, now()) END
            WHERE id = #{id} AND paused <> #{paused}
            """)
    int pause(@Param("id") long id, @Param("paused") boolean paused);

    @Update("""
            UPDATE schedule_fire SET state = 'SKIPPED', reason = #{reason}, ended_at = now()
            WHERE schedule_id = #{id} AND state = 'PENDING'
            """)
    int skipPending(@Param("id") long id, @Param("reason") String reason);

    /** By the clock that all nodes share. */
    @Select("SELECT clock_timestamp()")
    Instant now();

    @Select("SELECT EXISTS (SELECT FROM schedule_fire WHERE schedule_id = #{schedule} AND state = 'RUNNING')")
    boolean isRunning(long schedule);

    /** Whether a node with an alarm clock has told of itself within the last half minute. */
    @Select("""
            SELECT EXISTS (SELECT FROM qrtz_scheduler_state
                           WHERE last_checkin_time > extract(epoch FROM now() - interval '30 seconds') * 1000)
            """)
    boolean isClockRunning();

    /** Times that wait although nothing is in their way, and those that a node began and left. */
    @Select("""
            SELECT count(*) FROM schedule_fire f WHERE (f.state = 'RUNNING' AND f.lease_until < now() - #{seconds} * interval '1 second')
              OR (f.state = 'PENDING' AND f.reason IS NOT NULL AND f.planned_at < now() - interval '15 minutes')
              OR (f.state = 'PENDING' AND f.not_before < now() - #{seconds} * interval '1 second' AND NOT EXISTS (
                    SELECT FROM schedule_fire o WHERE o.schedule_id = f.schedule_id AND o.id <> f.id
                      AND o.state IN ('RUNNING', 'PENDING') AND o.planned_at <= f.planned_at))
            """)
    long late(long seconds);

    @Update("UPDATE schedule SET last_planned = #{at} WHERE id = #{id} AND last_planned < #{at}")
    int planned(@Param("id") long id, @Param("at") Instant at);

    @Insert("""
            INSERT INTO schedule_fire (schedule_id, planned_at, state, reason, not_before, ended_at)
            VALUES (#{schedule}, #{f.at}, #{state}, #{reason}, greatest(now(), #{f.at}), CASE WHEN #{state} = 'SKIPPED' THEN now() END)
            ON CONFLICT (schedule_id, planned_at) DO NOTHING
            """)
    int insertFire(
            @Param("schedule") long schedule,
            @Param("f") PlannedFire fire,
            @Param("state") FireState state,
            @Param("reason") @Nullable String reason);

    @Select(
            "SELECT count(*) > 0 FROM schedule_fire WHERE schedule_id = #{schedule} AND state IN ('PENDING', 'RUNNING')")
    boolean hasOpen(long schedule);

    @Select("SELECT " + FIRE
            + " FROM schedule_fire WHERE schedule_id = #{schedule} ORDER BY planned_at DESC LIMIT #{most}")
    List<Fire> latest(@Param("schedule") long schedule, @Param("most") int most);

    /** The next one to be run, of schedules of which none is running nor an earlier one waits; a node that died over one has left it. */
    @Select(affectData = true, value = """
            UPDATE schedule_fire SET state = 'RUNNING', owner = #{owner}, attempts = attempts + 1,
                                     lease_until = now() + make_interval(secs => #{leaseSeconds})
            WHERE id = (
              SELECT f.id FROM schedule_fire f
              WHERE (f.state = 'PENDING' AND f.not_before <= now() AND NOT EXISTS (
                       SELECT FROM schedule_fire o WHERE o.schedule_id = f.schedule_id
                         AND (o.state = 'RUNNING' OR (o.state = 'PENDING' AND (o.planned_at, o.id) < (f.planned_at, f.id)))))
                 OR (f.state = 'RUNNING' AND f.lease_until < now())
              ORDER BY f.planned_at, f.id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING\s""" + FIRE)
    @Nullable
    Fire take(@Param("owner") String owner, @Param("leaseSeconds") double leaseSeconds);

    @Update("""
            UPDATE schedule_fire SET lease_until = now() + make_interval(secs => #{leaseSeconds})
            WHERE id = #{f.id} AND state = 'RUNNING' AND owner = #{f.owner} AND attempts = #{f.attempts}
            """)
    int beat(@Param("f") Fire fire, @Param("leaseSeconds") double leaseSeconds);

    @Update("""
            UPDATE schedule_fire SET state = #{state}, reason = #{reason}, run_id = #{run}, ended_at = now()
            WHERE id = #{f.id} AND state = 'RUNNING' AND owner = #{f.owner} AND attempts = #{f.attempts}
            """)
    int end(
            @Param("f") Fire fire,
            @Param("state") FireState state,
            @Param("reason") @Nullable String reason,
            @Param("run") @Nullable Long run);

    /** One that came to no run, or that was refused; as with {@link RunMapper#nextUntold runs}. */
    @Select(affectData = true, value = """
            UPDATE schedule_fire SET tell_tries = tell_tries + 1,
                                     tell_after = now() + least(interval '1 hour', interval '5 seconds' * power(2, tell_tries))
            WHERE id = (SELECT f.id FROM schedule_fire f
                        WHERE f.told_at IS NULL AND (f.state = 'REFUSED' OR (f.state = 'FAILED' AND f.run_id IS NULL))
                          AND f.ended_at > now() - interval '1 day' AND (f.tell_after IS NULL OR f.tell_after <= now())
                        ORDER BY f.ended_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING\s""" + FIRE)
    @Nullable
    Fire nextUntold();

    @Update("UPDATE schedule_fire SET told_at = now() WHERE id = #{fire}")
    int told(long fire);

    @Update("""
            UPDATE schedule_fire SET state = 'PENDING', not_before = now() + make_interval(secs => #{seconds}),
                                     reason = #{reason}, failures = failures + CASE WHEN #{failed} THEN 1 ELSE 0 END
            WHERE id = #{f.id} AND state = 'RUNNING' AND owner = #{f.owner} AND attempts = #{f.attempts}
            """)
    int putOff(
            @Param("f") Fire fire,
            @Param("seconds") double seconds,
            @Param("reason") @Nullable String reason,
            @Param("failed") boolean failed);
}

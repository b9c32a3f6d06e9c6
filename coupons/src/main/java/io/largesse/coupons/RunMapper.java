package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Leases are measured by the database's clock alone, so that the clocks of the nodes do not matter. */
@Mapper
interface RunMapper {

    String COLUMNS = """
            id, job, subject, parameters, cause, state, owner, attempts, lease_until > now() AS alive, phase, done, total,
            partitions_done, partitions, phase_started_at, message, started_at, ended_at, campaign_id, alone,
            handed_over
            """;

    @Select(affectData = true, value = """
            INSERT INTO run (job, subject, parameters, campaign_id, alone, request_id, cause, state, owner, lease_until, started_at)
            VALUES (#{r.job}, #{r.subject}, #{r.parameters}, #{r.campaign}, #{r.alone}, #{request}, #{cause}, 'RUNNING', #{owner},
                    now() + make_interval(secs => #{leaseSeconds}), #{at})
            ON CONFLICT (job, subject) WHERE state IN ('RUNNING', 'STOPPING') DO NOTHING
            RETURNING id
            """)
    @Nullable
    Long insert(
            @Param("r") RunSpec spec,
            @Param("request") String request,
            @Param("cause") String cause,
            @Param("owner") String owner,
            @Param("leaseSeconds") double leaseSeconds,
            @Param("at") Instant at);

    @Insert("INSERT INTO run_token (run_id, token) VALUES (#{run}, 1)")
    void insertToken(long run);

    @Select("SELECT " + COLUMNS + " FROM run WHERE id = #{id}")
    @Nullable
    Run find(long id);

    @Select("SELECT " + COLUMNS + " FROM run WHERE id = #{id} FOR UPDATE")
    @Nullable
    Run lock(long id);

    @Select("SELECT " + COLUMNS + " FROM run WHERE job = #{job} AND subject = #{subject} ORDER BY id DESC LIMIT 1")
    @Nullable
    Run last(@Param("job") String job, @Param("subject") String subject);

    @Select("SELECT " + COLUMNS + """
             FROM run WHERE job = #{job} AND subject = #{subject} AND state IN ('RUNNING', 'STOPPING')
            """)
    @Nullable
    Run active(@Param("job") String job, @Param("subject") String subject);

    @Select("SELECT id FROM campaign WHERE id = #{campaign} FOR NO KEY UPDATE")
    long lockCampaign(long campaign);

    /** A run that keeps another one of the campaign from working: any at work if that must be alone, else one that must. */
    @Select("SELECT " + COLUMNS + """
             FROM run
            WHERE campaign_id = #{campaign} AND id <> #{id} AND state NOT IN ('DONE', 'REFUSED')
              AND (alone OR (#{alone} AND state IN ('RUNNING', 'STOPPING')))
            ORDER BY id LIMIT 1
            """)
    @Nullable
    Run beside(@Param("campaign") long campaign, @Param("id") long id, @Param("alone") boolean alone);

    /** Whether the time of a schedule is this process's to run; it stays so until the end of the transaction. */
    @Select("""
            SELECT count(*) > 0 FROM (SELECT FROM schedule_fire
              WHERE id = substr(#{request}, 6)::bigint AND state = 'RUNNING' AND owner = #{owner} FOR SHARE) AS mine
            """)
    boolean isMine(@Param("request") String request, @Param("owner") String owner);

    @Select("SELECT " + COLUMNS + " FROM run WHERE request_id = #{request} AND request_id LIKE 'fire-%' ORDER BY id")
    List<Run> ofFire(String request);

    @Select("SELECT " + COLUMNS + " FROM run WHERE subject = #{subject} ORDER BY id")
    List<Run> of(String subject);

    @Select("SELECT " + COLUMNS + " FROM run WHERE state IN ('RUNNING', 'STOPPING') ORDER BY id")
    List<Run> begun();

    @Select("SELECT " + COLUMNS + " FROM run ORDER BY id DESC LIMIT #{most}")
    List<Run> latest(int most);

    @Select("SELECT " + COLUMNS + """
             FROM run WHERE (state = 'RUNNING' OR (state IN ('STOPPING', 'STOPPED') AND handed_over)) AND lease_until < now()
              AND attempts < #{attempts} ORDER BY id
            """)
    List<Run> dead(int attempts);

    @Select("""
            SELECT job, state, count(*) AS runs,
                   coalesce(extract(epoch FROM now() - min(started_at))::float8, 0) AS oldest_seconds,
                   count(*) FILTER (WHERE state IN ('RUNNING', 'STOPPING') AND lease_until < now()) AS silent
            FROM run WHERE state IN ('RUNNING', 'STOPPING', 'STOPPED', 'FAILED') GROUP BY job, state ORDER BY job, state
            """)
    List<RunFigure> figures();

    @Select("""
            SELECT count(*) FROM run WHERE state IN ('RUNNING', 'STOPPING') AND lease_until < now() - #{seconds} * interval '1 second'
            """)
    long silent(long seconds);

    @Update("UPDATE run SET handed_over = true WHERE id = #{id} AND state IN ('STOPPING', 'STOPPED')")
    int handOver(long id);

    /** To be taken over by whoever looks for dead runs; not what a person has stopped. */
    @Update(
            "UPDATE run SET state = 'RUNNING', lease_until = now(), ended_at = NULL WHERE id = #{id} AND state = 'STOPPED' AND handed_over"
                    + " AND (alone OR NOT EXISTS (SELECT FROM run o WHERE o.campaign_id = run.campaign_id AND o.alone"
                    + " AND o.state NOT IN ('DONE', 'REFUSED')))")
    int release(long id);

    /**
     * One that has failed, or was left, is to be told now unless somebody goes on with it at once; not to others for the next
     * while, which doubles each time up to an hour.
     */
    @Select(affectData = true, value = """
            UPDATE run SET tell_tries = tell_tries + 1,
                           tell_after = now() + least(interval '1 hour', interval '5 seconds' * power(2, tell_tries))
            WHERE id = (SELECT r.id FROM run r,
                          LATERAL (SELECT CASE WHEN state = 'FAILED' THEN ended_at + interval '30 seconds'
                                               ELSE lease_until + #{silentSeconds} * interval '1 second' END AS since) t
                        WHERE r.state IN ('RUNNING', 'STOPPING', 'FAILED') AND r.told_at IS NULL AND t.since <= now()
                          AND t.since > now() - interval '1 day' AND (r.tell_after IS NULL OR r.tell_after <= now())
                        ORDER BY t.since LIMIT 1 FOR UPDATE OF r SKIP LOCKED)
            RETURNING\s""" + COLUMNS)
    @Nullable
    Run nextUntold(double silentSeconds);

    /** Unless it has changed since. */
    @Update("UPDATE run SET told_at = now() WHERE id = #{r.id} AND attempts = #{r.attempts} AND state = #{r.state}")
    int told(@Param("r") Run run);

    @Select("SELECT token FROM run_token WHERE run_id = #{run}")
    long token(long run);

    /** Ends the sessions of a process that lost its lease, and with them whatever it has not committed. */
    @Select("""
            SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                  WHERE application_name = #{owner} AND pid <> pg_backend_pid()) AS ended
            """)
    int endSessions(String owner);

    @Select(affectData = true, value = "UPDATE run_token SET token = token + 1 WHERE run_id = #{run} RETURNING token")
    long raiseToken(long run);

    @Update("""
            UPDATE run SET state = 'RUNNING', owner = #{owner}, attempts = attempts + 1, message = NULL, ended_at = NULL,
                           told_at = NULL, tell_tries = 0, tell_after = NULL, handed_over = false,
                           lease_until = now() + make_interval(secs => #{leaseSeconds})
            WHERE id = #{id}
            """)
    void takeOver(@Param("id") long id, @Param("owner") String owner, @Param("leaseSeconds") double leaseSeconds);

    @Update("""
            UPDATE run SET lease_until = now() + make_interval(secs => #{leaseSeconds}), phase = #{p.phase}, done = #{p.done},
                           total = #{p.total}, partitions_done = #{p.partitionsDone}, partitions = #{p.partitions},
                           phase_started_at = #{p.phaseStartedAt}
            WHERE id = #{id} AND state IN ('RUNNING', 'STOPPING')
              AND EXISTS (SELECT FROM run_token t WHERE t.run_id = id AND t.token = #{token})
            """)
    int beat(
            @Param("id") long id,
            @Param("token") long token,
            @Param("leaseSeconds") double leaseSeconds,
            @Param("p") RunProgress progress);

    /** Also of one that its node has stopped for others to go on with: then none does. */
    @Update("""
            UPDATE run SET state = CASE WHEN state = 'RUNNING' THEN 'STOPPING' ELSE state END, handed_over = false
            WHERE id = #{id} AND (state = 'RUNNING' OR (state IN ('STOPPING', 'STOPPED') AND handed_over))
            """)
    int requestStop(long id);

    /** The state of the run if the token is its newest; the row stays locked against a take-over until the commit. */
    @Select("""
            SELECT r.state FROM run_token t JOIN run r ON r.id = t.run_id
            WHERE t.run_id = #{run} AND t.token = #{token} FOR SHARE OF t
            """)
    @Nullable
    RunState fence(@Param("run") long run, @Param("token") long token);

    @Update("""
            UPDATE run SET state = #{state}, message = #{message}, ended_at = #{at}, lease_until = now(),
                           told_at = NULL, tell_tries = 0, tell_after = NULL
            WHERE id = #{id} AND EXISTS (SELECT FROM run_token t WHERE t.run_id = id AND t.token = #{token})
            """)
    int end(
            @Param("id") long id,
            @Param("token") long token,
            @Param("state") RunState state,
            @Param("message") @Nullable String message,
            @Param("at") Instant at);
}

package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Spring Batch's tables are asked in the order of their keys: they have no index that says what is old. */
@Mapper
interface HistoryMapper {

    /** Executions after one, of runs that are over since then. What belongs to no run any more goes by its own end. */
    @Select("""
            SELECT e.job_execution_id FROM batch_job_execution e
            LEFT JOIN batch_job_execution_params p ON p.job_execution_id = e.job_execution_id AND p.parameter_name = 'run'
            LEFT JOIN run r ON r.id = p.parameter_value::bigint
            WHERE e.job_execution_id > #{after}
              AND CASE WHEN r.id IS NULL THEN e.end_time < #{before}::timestamptz - interval '1 day'
                         AND e.status NOT IN ('STARTING', 'STARTED', 'STOPPING')
                       WHEN r.state = 'REFUSED' AND r.subject LIKE 'grant %' THEN r.ended_at < #{before} AND EXISTS (
                         SELECT FROM coupon_grant g WHERE r.subject = 'grant ' || g.id
                           AND g.state IN ('DONE', 'REFUSED', 'REVOKED'))
                       ELSE r.state IN ('DONE', 'REFUSED') AND r.ended_at < #{before} END
            ORDER BY e.job_execution_id LIMIT #{most}
            """)
    List<Long> executions(@Param("after") long after, @Param("before") Instant before, @Param("most") int most);

    @Delete("""
            <script>
            WITH gone AS (SELECT unnest(ARRAY[<foreach item="e" collection="of" separator=",">#{e}</foreach>]::bigint[]) AS id),
            steps AS (SELECT s.step_execution_id AS id FROM batch_step_execution s JOIN gone ON s.job_execution_id = gone.id),
            a AS (DELETE FROM batch_step_execution_context WHERE step_execution_id IN (SELECT id FROM steps)),
            b AS (DELETE FROM batch_step_execution WHERE step_execution_id IN (SELECT id FROM steps)),
            c AS (DELETE FROM batch_job_execution_context WHERE job_execution_id IN (SELECT id FROM gone)),
            d AS (DELETE FROM batch_job_execution_params WHERE job_execution_id IN (SELECT id FROM gone))
            DELETE FROM batch_job_execution WHERE job_execution_id IN (SELECT id FROM gone)
            </script>
            """)
    int deleteExecutions(@Param("of") List<Long> executions);

    @Delete("""
            <script>
            DELETE FROM batch_job_instance i WHERE i.job_instance_id IN
              (<foreach item="i" collection="of" separator=",">#{i}</foreach>)
              AND NOT EXISTS (SELECT FROM batch_job_execution e WHERE e.job_instance_id = i.job_instance_id)
            </script>
            """)
    int deleteInstances(@Param("of") List<Long> instances);

    @Select("""
            <script>
            SELECT DISTINCT job_instance_id FROM batch_job_execution WHERE job_execution_id IN
              (<foreach item="e" collection="of" separator=",">#{e}</foreach>)
            </script>
            """)
    List<Long> instances(@Param("of") List<Long> executions);

    /** Runs of grants stay: they tell who gave what, and when; and what tells that an open time of a schedule was run. */
    @Delete("""
            DELETE FROM run WHERE id IN (
              SELECT id FROM run WHERE state IN ('DONE', 'REFUSED') AND ended_at < #{before}
                AND job IN ('generate-codes', 'sweep-expired', 'reconcile', 'purge-history', 'archive-coupons', 'take-inbox')
                AND NOT EXISTS (SELECT FROM schedule_fire f
                                WHERE f.state IN ('PENDING', 'RUNNING') AND run.request_id = 'fire-' || f.id)
              ORDER BY id LIMIT #{most} FOR UPDATE SKIP LOCKED)
            """)
    int deleteRuns(@Param("before") Instant before, @Param("most") int most);

    @Delete("""
            DELETE FROM schedule_fire WHERE id IN (
              SELECT id FROM schedule_fire WHERE state NOT IN ('PENDING', 'RUNNING') AND ended_at < #{before}
              ORDER BY id LIMIT #{most} FOR UPDATE SKIP LOCKED)
            """)
    int deleteFires(@Param("before") Instant before, @Param("most") int most);
}

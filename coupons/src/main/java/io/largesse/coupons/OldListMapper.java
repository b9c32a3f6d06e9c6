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
interface OldListMapper {

    @Select("SELECT id FROM coupon_grant WHERE list_purged_at IS NOT NULL AND list_left ORDER BY id LIMIT 1")
    @Nullable
    Long begun();

    /**
     * A grant that is over since then, of a campaign that was ended before then and whose coupons were past their end by
     * then, also those that were issued before somebody moved that end; or one that was never begun, and cannot be any more. Not
     * one whose run may go on, and none whose codes are still on their way back.
     */
    @Select(affectData = true, value = """
            UPDATE coupon_grant SET list_purged_at = #{now} WHERE id = (
              SELECT g.id FROM coupon_grant g JOIN campaign c ON c.id = g.campaign_id
              WHERE g.list_purged_at IS NULL AND c.status = 'ENDED'
                AND CASE WHEN g.state IN ('DONE', 'REFUSED', 'REVOKED') THEN g.finished_at < #{before}
                          AND coalesce(greatest(c.valid_to, c.latest_end), g.finished_at + make_interval(days => c.valid_days + 2)) < #{before}
                         ELSE g.state IN ('CHECKED', 'APPROVED') AND g.created_at < #{before} END
                AND NOT EXISTS (SELECT FROM audit a WHERE a.subject = 'campaign ' || c.name AND a.what = 'campaign.end'
                                  AND a.at >= #{before})
                AND NOT EXISTS (SELECT FROM run r WHERE r.subject = 'grant ' || g.id
                                  AND (r.state IN ('RUNNING', 'STOPPING')
                                       OR (g.state = 'DONE' AND r.state IN ('STOPPED', 'FAILED'))))
                AND NOT EXISTS (SELECT FROM allotment_block b WHERE b.grant_id = g.id AND b.given_back
                                  AND cardinality(b.codes) > 0)
              ORDER BY g.id LIMIT 1 FOR UPDATE OF g SKIP LOCKED)
            RETURNING id
            """)
    @Nullable
    Long decide(@Param("before") Instant before, @Param("now") Instant now);

    @Delete("""
            DELETE FROM recipient WHERE ctid = ANY (ARRAY(SELECT ctid FROM recipient WHERE grant_id = #{grant} LIMIT #{most}))
            """)
    int deleteRecipients(@Param("grant") long grant, @Param("most") int most);

    @Delete(
            "DELETE FROM reject WHERE ctid = ANY (ARRAY(SELECT ctid FROM reject WHERE grant_id = #{grant} LIMIT #{most}))")
    int deleteRejects(@Param("grant") long grant, @Param("most") int most);

    @Delete("""
            DELETE FROM allotment_block WHERE ctid = ANY (
              ARRAY(SELECT ctid FROM allotment_block WHERE grant_id = #{grant} LIMIT #{most}))
            """)
    int deleteBlocks(@Param("grant") long grant, @Param("most") int most);

    @Update(
            "UPDATE coupon_grant SET list_left = false, report_key = NULL WHERE id = #{grant} AND list_purged_at IS NOT NULL")
    int forgotten(long grant);

    @Insert("""
            INSERT INTO upload (object_key, stored_at) VALUES (#{key}, now())
            ON CONFLICT (object_key) DO UPDATE SET stored_at = excluded.stored_at
            """)
    int stored(String key);

    @Select("""
            SELECT u.object_key FROM upload u
            WHERE u.stored_at < now() - interval '1 day'
              AND NOT EXISTS (SELECT FROM grant_source s JOIN coupon_grant g ON g.id = s.grant_id
                              WHERE s.object_key = u.object_key AND g.list_purged_at IS NULL)
              AND NOT EXISTS (SELECT FROM inbox_list l WHERE l.moved_at IS NULL AND 'uploads/' || l.sha256 = u.object_key)
            ORDER BY u.object_key LIMIT 1 FOR UPDATE SKIP LOCKED
            """)
    @Nullable
    String nextUpload();

    @Delete("DELETE FROM upload WHERE object_key = #{key}")
    int removed(String key);

    /** Of a list that has left the inbox and goes with its grant's; if it has no grant, when it is as old. */
    @Select("""
            SELECT l.moved_to FROM inbox_list l LEFT JOIN coupon_grant g ON g.id = l.grant_id
            WHERE l.moved_to IS NOT NULL
              AND CASE WHEN l.grant_id IS NULL THEN l.moved_at < #{before} ELSE g.list_purged_at IS NOT NULL END
            ORDER BY l.id LIMIT 1 FOR UPDATE OF l SKIP LOCKED
            """)
    @Nullable
    String nextMoved(Instant before);

    @Update("UPDATE inbox_list SET moved_to = NULL WHERE moved_to = #{key}")
    int movedRemoved(String key);

    @Select("""
            SELECT id FROM coupon_grant WHERE state IN ('DONE', 'REFUSED', 'REVOKED') AND finished_at < #{before}
              AND to_regclass('staged_grant_' || id) IS NOT NULL ORDER BY id LIMIT #{most}
            """)
    List<Long> staged(@Param("before") Instant before, @Param("most") int most);
}

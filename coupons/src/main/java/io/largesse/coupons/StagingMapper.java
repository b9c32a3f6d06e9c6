package io.largesse.coupons;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The name of a staging table is made of a number alone. */
@Mapper
interface StagingMapper {

    @Update("""
            CREATE TABLE IF NOT EXISTS staged_grant_${grant}
              (source_no smallint NOT NULL, row_no int NOT NULL, user_id text COLLATE "C" NOT NULL, cells text[] NOT NULL)
            """)
    void create(@Param("grant") long grant);

    @Select("SELECT to_regclass('staged_grant_${grant}') IS NOT NULL")
    boolean exists(@Param("grant") long grant);

    @Update("DROP TABLE IF EXISTS staged_grant_${grant}")
    void drop(@Param("grant") long grant);

    @Update("ANALYZE staged_grant_${grant}")
    void analyze(@Param("grant") long grant);

    @Select("SELECT analyze_coupons(#{campaign})")
    @Nullable
    Object analyzeCoupons(long campaign);

    @Select("SELECT EXISTS (SELECT FROM coupon WHERE campaign_id = #{campaign})")
    boolean hasCoupons(long campaign);

    @Insert("""
            WITH held AS (
              DELETE FROM staged_grant_${grant} s
              WHERE EXISTS (SELECT FROM coupon c
                            WHERE c.campaign_id = #{campaign} AND c.user_id = s.user_id AND c.status <> 'REVOKED')
              RETURNING s.*)
            INSERT INTO reject (grant_id, source_no, row_no, raw, reason, arguments, cells)
            SELECT #{grant}, source_no, row_no, user_id, 'coupons.reject.holder', '{}', cells FROM held
            """)
    long skipHolders(@Param("grant") long grant, @Param("campaign") long campaign);

    /** Numbers the users in their order; of several rows of one user the first counts. */
    @Insert("""
            INSERT INTO recipient (grant_id, seq, source_no, row_no, user_id)
            SELECT #{grant}, row_number() OVER (ORDER BY user_id), source_no, row_no, user_id
            FROM (SELECT DISTINCT ON (user_id) source_no, row_no, user_id
                  FROM staged_grant_${grant} ORDER BY user_id, source_no, row_no) AS first_rows
            """)
    long number(@Param("grant") long grant);

    @Select("SELECT count(*) FROM staged_grant_${grant}")
    long count(@Param("grant") long grant);

    @Insert("""
            INSERT INTO reject (grant_id, source_no, row_no, raw, reason, arguments, cells)
            SELECT #{grant}, s.source_no, s.row_no, s.user_id, 'coupons.reject.duplicate',
                   ARRAY[r.row_no::text, g.file_name], s.cells
            FROM staged_grant_${grant} s
            JOIN recipient r ON r.grant_id = #{grant} AND r.user_id = s.user_id
            JOIN grant_source g ON g.grant_id = #{grant} AND g.source_no = r.source_no
            WHERE (s.source_no, s.row_no) <> (r.source_no, r.row_no)
            """)
    long rejectDuplicates(@Param("grant") long grant);

    @Select("SELECT count(*) FROM reject WHERE grant_id = #{grant}")
    long rejects(long grant);

    @Select("""
            SELECT count(DISTINCT user_id) FROM staged_grant_${grant} s
            WHERE EXISTS (SELECT FROM coupon c
                          WHERE c.campaign_id = #{campaign} AND c.user_id = s.user_id AND c.status <> 'REVOKED')
            """)
    long holders(@Param("grant") long grant, @Param("campaign") long campaign);

    @Select("SELECT count(*) FROM recipient WHERE grant_id = #{grant}")
    long recipients(long grant);

    /** As one array: a row for each would cost more than the rows themselves. */
    @Select("""
            SELECT coalesce(array_agg(user_id ORDER BY seq), '{}') AS users FROM recipient
            WHERE grant_id = #{grant} AND seq BETWEEN #{from} AND #{to}
            """)
    UserPage users(@Param("grant") long grant, @Param("from") long from, @Param("to") long to);

    @Select("""
            SELECT reason, count(*) AS count FROM reject WHERE grant_id = #{grant} GROUP BY reason ORDER BY count(*) DESC, reason
            """)
    List<RejectCount> rejectsByReason(long grant);

    @Select("""
            SELECT source_no, row_no, raw, reason, arguments, cells FROM reject
            WHERE grant_id = #{grant} AND (source_no, row_no) > (#{source}, #{row})
            ORDER BY source_no, row_no LIMIT #{most}
            """)
    List<Reject> rejectPage(
            @Param("grant") long grant, @Param("source") int source, @Param("row") int row, @Param("most") int most);

    @Select("""
            SELECT source_no, row_no, user_id FROM recipient WHERE grant_id = #{grant}
            ORDER BY source_no, row_no LIMIT #{most}
            """)
    List<ListedRecipient> firstRows(@Param("grant") long grant, @Param("most") int most);
}

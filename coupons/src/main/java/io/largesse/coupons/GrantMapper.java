package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface GrantMapper {

    String COLUMNS = "coupon_grant.*, (SELECT c.pool FROM campaign c WHERE c.id = coupon_grant.campaign_id) AS pool";

    @Select(affectData = true, value = """
            INSERT INTO coupon_grant (campaign_id, quantity, skip_holders, max_rejects, generate, identity, again, dry_run, state,
                                      face_value, created_at, created_by)
            VALUES (#{d.campaignId}, #{d.quantity}, #{d.skipHolders}, #{d.maxRejects}, #{d.generate}, #{d.identity},
                    #{d.again}, #{d.dryRun}, 'RECEIVED', #{d.faceValue}, #{at}, #{by})
            ON CONFLICT (identity) WHERE state NOT IN ('REFUSED', 'REVOKED') AND NOT again DO NOTHING
            RETURNING id
            """)
    @Nullable
    Long insert(@Param("d") GrantDraft draft, @Param("at") Instant at, @Param("by") String by);

    @Insert("""
            INSERT INTO grant_source (grant_id, source_no, file_name, sha256, bytes, object_key, sheet, id_column)
            VALUES (#{grant}, #{s.sourceNo}, #{s.fileName}, #{s.sha256}, #{s.bytes}, #{s.objectKey}, #{s.sheet}, #{s.idColumn})
            """)
    void insertSource(@Param("grant") long grant, @Param("s") GrantSource source);

    @Select("SELECT " + COLUMNS + " FROM coupon_grant WHERE id = #{id}")
    @Nullable
    Grant find(long id);

    @Select("SELECT " + COLUMNS + """
             FROM coupon_grant
            WHERE identity = #{identity} AND state NOT IN ('REFUSED', 'REVOKED') AND NOT again
            """)
    @Nullable
    Grant live(String identity);

    @Select("SELECT " + COLUMNS + " FROM coupon_grant ORDER BY id DESC LIMIT #{most}")
    List<Grant> latest(int most);

    @Select("SELECT " + COLUMNS + " FROM coupon_grant WHERE campaign_id = #{campaign} ORDER BY id DESC")
    List<Grant> ofCampaign(long campaign);

    @Select("SELECT * FROM grant_source WHERE grant_id = #{grant} ORDER BY source_no")
    List<GrantSource> sources(long grant);

    @Update("""
            UPDATE grant_source SET staged_row = #{to}, staged_rows = staged_rows + #{rows}
            WHERE grant_id = #{grant} AND source_no = #{source} AND staged_row = #{from} AND rows IS NULL
            """)
    int staged(
            @Param("grant") long grant,
            @Param("source") int source,
            @Param("from") int from,
            @Param("to") int to,
            @Param("rows") int rows);

    @Update("""
            UPDATE grant_source SET header = #{header,javaType=java.util.List}, rows = staged_rows
            WHERE grant_id = #{grant} AND source_no = #{source}
            """)
    void sourceRead(@Param("grant") long grant, @Param("source") int source, @Param("header") List<String> header);

    @Update("""
            UPDATE coupon_grant SET row_count = #{c.rows}, recipients = #{c.recipients}, rejected = #{c.rejected},
                                    duplicates = #{c.duplicates}, holders = #{c.holders}
            WHERE id = #{id}
            """)
    void counted(@Param("id") long id, @Param("c") GrantCounts counts);

    @Update("""
            <script>
            UPDATE coupon_grant SET state = #{to}, finished_at = #{finishedAt} WHERE id = #{id} AND list_purged_at IS NULL
              AND state IN <foreach item="s" collection="from" open="(" separator="," close=")">#{s}</foreach>
            </script>
            """)
    int move(
            @Param("id") long id,
            @Param("from") Iterable<GrantState> from,
            @Param("to") GrantState to,
            @Param("finishedAt") @Nullable Instant finishedAt);

    @Update("""
            UPDATE coupon_grant SET refusal_code = #{why.code}, refusal_args = #{why.arguments,javaType=java.util.List} WHERE id = #{id}
            """)
    void refused(@Param("id") long id, @Param("why") Message why);

    @Update("UPDATE coupon_grant SET dry_run = false WHERE id = #{id}")
    void meant(long id);

    @Update("UPDATE coupon_grant SET issued = #{issued} WHERE id = #{id}")
    void issued(@Param("id") long id, @Param("issued") long issued);

    @Update("UPDATE coupon_grant SET report_key = #{key} WHERE id = #{id}")
    void reported(@Param("id") long id, @Param("key") String key);

    @Select("SELECT " + COLUMNS + """
             FROM coupon_grant WHERE campaign_id = #{campaign}
              AND state NOT IN ('RECEIVED', 'CHECKED', 'DONE', 'REFUSED', 'REVOKED') ORDER BY id
            """)
    List<Grant> unfinishedOf(long campaign);
}

package io.largesse.coupons;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

@Mapper
interface ArchiveMapper {

    String OBJECT = """
            SELECT id, run_id AS run, campaign_id, part, object_key AS key, state, filenode, cutoff, bytes, coupons, content, archived,
                   restored
            FROM archive_object
            """;

    /** A grant that may issue or take back yet must find its coupons in the table. */
    String SETTLED = """
             c.status = 'ENDED' AND NOT EXISTS (
               SELECT FROM coupon_grant g WHERE g.campaign_id = c.id AND g.state IN ('RUNNING', 'STOPPED', 'FAILED', 'REVOKING'))
            """;

    String CAMPAIGN = """
            SELECT c.id, c.name, c.business, t.name AS template, v.version AS template_version, v.currency,
                   jsonb_build_object('campaign', to_jsonb(c), 'template', to_jsonb(v) || jsonb_build_object('name', t.name))::text
                     AS snapshot
            FROM campaign c JOIN template_version v ON v.template_id = c.template_id AND v.version = c.template_version
            JOIN template t ON t.id = v.template_id
            """;

    @Select(CAMPAIGN + """
             WHERE (#{campaign}::bigint IS NULL OR c.id = #{campaign})
              AND (#{first}::bigint IS NULL OR c.id BETWEEN #{first}::bigint AND #{first}::bigint + 49) AND
            """ + SETTLED + " ORDER BY c.id")
    List<ArchivedCampaign> settled(@Param("campaign") @Nullable Long campaign, @Param("first") @Nullable Long first);

    @Select(CAMPAIGN + " WHERE c.id = #{id}")
    ArchivedCampaign campaign(long id);

    /** In the order of their ids: claims that are written hold the same rows. */
    @Select("""
            <script>
            SELECT id FROM campaign WHERE id IN
              <foreach item="id" collection="of" open="(" separator="," close=")">#{id}</foreach>
            ORDER BY id FOR UPDATE
            </script>
            """)
    List<Long> lockCampaigns(@Param("of") Collection<Long> campaigns);

    @Select("""
            <script>
            SELECT count(*) FROM campaign c WHERE c.id IN
              <foreach item="id" collection="of" open="(" separator="," close=")">#{id}</foreach> AND
            """ + SETTLED + "</script>")
    int settledOf(@Param("of") Collection<Long> campaigns);

    @Select("SELECT nextval('archive_object_id')")
    long nextId();

    @Insert("""
            INSERT INTO archive_object (id, run_id, campaign_id, part, object_key, state, filenode, cutoff, bytes, coupons, content,
                                        first_user, last_user, first_issued, last_issued, first_updated, last_updated, created_at)
            VALUES (#{id}, #{run}, #{d.campaign.id}, #{d.part}, #{key}, 'PENDING', #{d.filenode}, #{d.cutoff}, #{d.bytes}, #{d.coupons},
                    #{d.content}, #{d.firstUser}, #{d.lastUser}, #{d.firstIssued}, #{d.lastIssued}, #{d.firstUpdated},
                    #{d.lastUpdated}, #{at})
            """)
    void insert(
            @Param("id") long id,
            @Param("run") long run,
            @Param("key") String key,
            @Param("d") ArchiveDraft draft,
            @Param("at") Instant at);

    @Insert("""
            INSERT INTO archived_codes (range_id, block, object_id, bits)
            VALUES (#{row.rangeId}, #{row.block}, #{object}, #{row.bits})
            """)
    void insertCodes(@Param("object") long object, @Param("row") CodeBits.Row row);

    @Update("UPDATE archive_object SET state = 'VERIFIED' WHERE id = #{id} AND state = 'PENDING'")
    int verified(long id);

    @Update("UPDATE archive_object SET state = 'ARCHIVED', archived = coupons WHERE id = #{id} AND state = 'VERIFIED'")
    int archived(long id);

    @Update("UPDATE campaign SET archived = archived + #{n} WHERE id = #{campaign}")
    int addArchived(@Param("campaign") long campaign, @Param("n") long n);

    @Update("""
            UPDATE archive_object SET state = 'ABANDONED'
            WHERE state IN ('PENDING', 'VERIFIED') AND run_id = #{run} AND part = #{part}
            """)
    int abandonPart(@Param("run") long run, @Param("part") String part);

    @Update("UPDATE archive_object SET state = 'ABANDONED' WHERE state IN ('PENDING', 'VERIFIED') AND run_id <> #{run}")
    int abandonOthers(@Param("run") long run);

    @Select(OBJECT + " WHERE state = 'ABANDONED' AND id > #{after} ORDER BY id LIMIT 100")
    List<ArchiveObject> abandoned(@Param("after") long after);

    @Delete("DELETE FROM archived_codes WHERE object_id = #{id}")
    int deleteCodes(long id);

    @Delete("DELETE FROM archive_object WHERE id = #{id} AND state = 'ABANDONED' AND created_at < #{before}")
    int forget(@Param("id") long id, @Param("before") Instant before);

    @Select(OBJECT + " WHERE run_id = #{run} AND state = 'VERIFIED' ORDER BY id")
    List<ArchiveObject> verifiedOf(long run);

    @Select(OBJECT + " WHERE id = #{id}")
    ArchiveObject byId(long id);

    @Select(OBJECT + " WHERE id = #{id} FOR UPDATE")
    ArchiveObject lock(long id);

    @Select(OBJECT + " WHERE campaign_id = #{campaign} ORDER BY id")
    List<ArchiveObject> ofCampaign(long campaign);

    @Select("SELECT range_id, block, bits FROM archived_codes WHERE object_id = #{object}")
    List<CodeBits.Row> codes(long object);

    @Update("""
            UPDATE archived_codes SET bits = #{row.bits}
            WHERE object_id = #{object} AND range_id = #{row.rangeId} AND block = #{row.block}
            """)
    int updateCodes(@Param("object") long object, @Param("row") CodeBits.Row row);

    /** Objects that may have some of what is asked for; what is null does not matter. */
    @Select(OBJECT + """
             WHERE state = 'ARCHIVED' AND archived + restored > 0
              AND (#{w.campaign}::bigint IS NULL OR campaign_id = #{w.campaign})
              AND (#{w.user}::text IS NULL OR (first_user <= #{w.user} AND last_user >= #{w.user}))
              AND (#{w.issuedFrom}::timestamptz IS NULL OR last_issued >= #{w.issuedFrom})
              AND (#{w.issuedUntil}::timestamptz IS NULL OR first_issued < #{w.issuedUntil})
            ORDER BY id
            """)
    List<ArchiveObject> select(@Param("w") ArchiveSelection wanted);

    /** Objects with coupons that were issued then, or changed last. */
    @Select(OBJECT + """
             WHERE state = 'ARCHIVED' AND archived > 0
              AND (#{business}::text IS NULL
                   OR campaign_id IN (SELECT c.id FROM campaign c WHERE c.business = #{business}))
              AND ((last_issued >= #{from} AND first_issued < #{until})
                   OR (last_updated >= #{from} AND first_updated < #{until}))
            ORDER BY id
            """)
    List<ArchiveObject> ofPeriod(
            @Param("business") @Nullable String business, @Param("from") Instant from, @Param("until") Instant until);

    /** Objects of which coupons are in the table whose time has passed, or that have changed. */
    @Select(OBJECT + """
             WHERE restored > 0 AND EXISTS (
              SELECT FROM coupon c WHERE c.campaign_id = archive_object.campaign_id AND c.restored_from = archive_object.id
                AND (c.restored_until <= #{at} OR c.updated_at >= archive_object.cutoff
                     OR c.status NOT IN ('REDEEMED', 'EXPIRED', 'REVOKED')))
            ORDER BY id
            """)
    List<ArchiveObject> restored(Instant at);

    /** Coupons whose time in the table has passed, as they were exported; not those that are being changed. */
    @Select(affectData = true, value = """
            DELETE FROM coupon WHERE campaign_id = #{o.campaignId} AND code IN (
              SELECT code FROM coupon WHERE campaign_id = #{o.campaignId} AND restored_from = #{o.id} AND restored_until <= #{at}
                AND updated_at < #{o.cutoff} AND status IN ('REDEEMED', 'EXPIRED', 'REVOKED')
              LIMIT #{most} FOR UPDATE SKIP LOCKED)
            RETURNING code
            """)
    List<String> takeOut(@Param("o") ArchiveObject object, @Param("at") Instant at, @Param("most") int most);

    /** Those that have changed in the table are as any other there. */
    @Update("""
            UPDATE coupon SET restored_from = NULL, restored_until = NULL
            WHERE campaign_id = #{o.campaignId} AND restored_from = #{o.id}
              AND (updated_at >= #{o.cutoff} OR status NOT IN ('REDEEMED', 'EXPIRED', 'REVOKED'))
            """)
    int keep(@Param("o") ArchiveObject object);

    /** Coupons that are in the table already stay there until then, if that is later. */
    @Update("""
            UPDATE coupon SET restored_until = greatest(restored_until, #{until})
            WHERE campaign_id = #{o.campaignId} AND restored_from = #{o.id}
              AND code = ANY (#{codes,typeHandler=io.largesse.coupons.TextArrayTypeHandler})
            """)
    int extend(@Param("o") ArchiveObject object, @Param("codes") List<String> codes, @Param("until") Instant until);

    @Select("SELECT EXISTS (SELECT FROM campaign WHERE id = #{campaign} AND archived > 0)")
    boolean isAny(long campaign);

    /** Of the transactions that have changed them last. */
    @Select("""
            SELECT coalesce(md5(string_agg(id || ':' || xmin, ' ' ORDER BY id)), '') FROM archive_object
            WHERE campaign_id = #{campaign} AND state = 'ARCHIVED'""")
    String mark(long campaign);

    @Update(
            "UPDATE archive_object SET archived = archived + #{archived}, restored = restored + #{restored} WHERE id = #{id}")
    int count(@Param("id") long id, @Param("archived") long archived, @Param("restored") long restored);

    @Select("""
            SELECT a.range_id, a.block, a.bits FROM archived_codes a JOIN archive_object o ON o.id = a.object_id
            WHERE o.campaign_id = #{campaign} AND o.state = 'ARCHIVED' ORDER BY a.range_id, a.block
            """)
    @Options(fetchSize = 100)
    Cursor<CodeBits.Row> codesOfCampaign(long campaign);

    /** The objects that have archived codes of a block of serials, and which. */
    @Select("""
            SELECT a.object_id AS object, a.bits FROM archived_codes a JOIN archive_object o ON o.id = a.object_id
            WHERE a.range_id = #{range} AND a.block = #{block} AND o.state = 'ARCHIVED' ORDER BY a.object_id
            """)
    List<CodeBits.ObjectRow> objects(@Param("range") long range, @Param("block") int block);
}

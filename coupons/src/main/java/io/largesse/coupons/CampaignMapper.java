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
interface CampaignMapper {

    @Select(affectData = true, value = """
            INSERT INTO campaign (name, title, business, template_id, template_version, code_format, stock, zone, opens_at,
                                  closes_at, valid_from, valid_to, valid_days, claim_limit, budget, user_id_pattern, inbox_most,
                                  status, created_at, created_by)
            VALUES (#{d.name}, #{d.title}, #{d.business}, #{t.id}, #{t.version}, #{d.codeFormat}, #{d.stock}, #{d.zone,javaType=java.time.ZoneId},
                    #{d.opensAt}, #{d.closesAt}, #{d.validFrom}, #{d.validTo}, #{d.validDays}, #{d.claimLimit}, #{d.budget},
                    #{d.userIdPattern}, #{d.inboxMost}, 'ACTIVE', #{at}, #{by})
            ON CONFLICT (name) DO NOTHING
            RETURNING id
            """)
    @Nullable
    Long insert(
            @Param("d") CampaignDraft draft,
            @Param("t") Template template,
            @Param("at") Instant at,
            @Param("by") String by);

    @Select("SELECT ensure_coupon_partition(#{campaign})")
    @Nullable
    Object ensurePartition(long campaign);

    @Select("SELECT * FROM campaign WHERE name = #{name}")
    @Nullable
    Campaign byName(String name);

    @Select("SELECT * FROM campaign WHERE id = #{id}")
    @Nullable
    Campaign byId(long id);

    @Select("SELECT * FROM campaign ORDER BY id DESC")
    List<Campaign> all();

    @Select("SELECT to_jsonb(c)::text FROM campaign c WHERE id = #{id} FOR UPDATE")
    String lockAndShow(long id);

    @Select("SELECT to_jsonb(c)::text FROM campaign c WHERE id = #{id}")
    String show(long id);

    @Update("""
            <script>
            UPDATE campaign SET status = #{to} WHERE id = #{id}
              AND status IN <foreach item="s" collection="from" open="(" separator="," close=")">#{s}</foreach>
            </script>
            """)
    int move(@Param("id") long id, @Param("from") Iterable<CampaignStatus> from, @Param("to") CampaignStatus to);

    @Update("""
            UPDATE campaign SET stock = coalesce(#{stock}, stock), closes_at = coalesce(#{closesAt}, closes_at),
                                latest_end = greatest(latest_end, valid_to),
                                valid_to = coalesce(#{validTo}, valid_to), budget = coalesce(#{budget}, budget),
                                inbox_most = nullif(coalesce(#{inboxMost}, inbox_most), 0)
            WHERE id = #{id} AND status <> 'ENDED'
            """)
    int edit(
            @Param("id") long id,
            @Param("stock") @Nullable Long stock,
            @Param("closesAt") @Nullable Instant closesAt,
            @Param("validTo") @Nullable Instant validTo,
            @Param("budget") @Nullable Long budget,
            @Param("inboxMost") @Nullable Long inboxMost);

    @Select("SELECT * FROM campaign WHERE id = #{id} FOR UPDATE")
    Campaign lock(long id);

    /** The pool as long as the transaction lasts. Key share: the counts of the campaign may change, its pool may not. */
    @Select("SELECT pool FROM campaign WHERE id = #{id} FOR KEY SHARE")
    long holdPool(long id);

    /** A transaction that asks Redis meanwhile keeps nobody waiting for long, even if its process is frozen. */
    @Select("""
            SELECT set_config('lock_timeout', '5s', true) || set_config('idle_in_transaction_session_timeout', '10s', true)
            """)
    String limitTransaction();

    @Insert("INSERT INTO left_pool (pool, campaign_id) SELECT pool, id FROM campaign WHERE id = #{id}")
    void insertLeftPool(long id);

    /** Were there more than the stock, by some fault, the books would tell, and nothing be generated. */
    @Update("""
            UPDATE campaign SET pool = next_pool(), voided = generated - least(#{held}, stock, generated) WHERE id = #{id}
            """)
    void leavePool(@Param("id") long id, @Param("held") long held);

    @Select("SELECT pool FROM left_pool WHERE campaign_id = #{id} ORDER BY pool")
    List<Long> leftPools(long id);

    /** Codes on their way back to the pool are nobody's. */
    @Update("""
            UPDATE allotment_block b SET codes = '{}' FROM coupon_grant g
            WHERE g.id = b.grant_id AND g.campaign_id = #{id} AND b.given_back AND cardinality(b.codes) > 0
            """)
    int forgetGivenBack(long id);

    /** Coupons, archived ones too, and codes of grants that will be some. */
    @Select("""
            SELECT (SELECT count(*) FROM coupon WHERE campaign_id = #{id})
              + (SELECT archived FROM campaign WHERE id = #{id})
              + (SELECT count(DISTINCT c.code) FROM allotment_block b JOIN coupon_grant g ON g.id = b.grant_id
                   CROSS JOIN LATERAL unnest(b.codes) AS c (code)
                 WHERE g.campaign_id = #{id}
                   AND NOT EXISTS (SELECT FROM coupon k WHERE k.campaign_id = #{id} AND k.code = c.code))
            """)
    long held(long id);

    /** Nothing that a process still sends for a run that is over or stands still is accepted. */
    @Update("""
            UPDATE run_token t SET token = token + 1 FROM run r
            WHERE r.id = t.run_id AND r.campaign_id = #{id} AND r.state IN ('STOPPED', 'FAILED') AND NOT r.alone
            """)
    int fenceUnfinished(long id);

    /** Takes n codes of the stock for generation; 0 rows if they are not there. */
    @Update("""
            UPDATE campaign SET generated = generated + #{n}
            WHERE id = #{id} AND generated - voided + #{n} <= stock AND status <> 'ENDED'
            """)
    int takeFromStock(@Param("id") long id, @Param("n") long n);
}

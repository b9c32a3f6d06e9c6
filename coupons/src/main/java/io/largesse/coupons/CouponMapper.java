package io.largesse.coupons;

import java.time.LocalDate;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

@Mapper
interface CouponMapper {

    String SELECT = """
            SELECT c.code, c.campaign_id, g.name AS campaign, c.user_id, c.source_kind, c.source_id, c.ordinal, c.status,
                   c.issued_at, c.valid_from, c.valid_to, c.face_value, t.currency
            FROM coupon c JOIN campaign g ON g.id = c.campaign_id
            JOIN template_version t ON t.template_id = g.template_id AND t.version = g.template_version
            """;

    @Select(SELECT + " WHERE c.user_id = #{user} ORDER BY c.issued_at DESC, c.code LIMIT #{most}")
    List<Coupon> ofUser(@Param("user") String user, @Param("most") int most);

    @Select(SELECT + " WHERE c.campaign_id = #{campaign} AND c.code = #{code}")
    @Nullable
    Coupon find(@Param("campaign") long campaign, @Param("code") String code);

    @Select("SELECT code FROM coupon WHERE campaign_id = #{campaign}")
    @Options(fetchSize = 10_000)
    Cursor<String> codes(long campaign);

    @Update("LOCK TABLE coupon IN ACCESS SHARE MODE")
    int holdTable();

    /** In one statement: coupons are in the table or archived, as of one moment. */
    @Select("""
            SELECT (SELECT count(*) FROM coupon WHERE campaign_id = #{campaign})
              + (SELECT archived FROM campaign WHERE id = #{campaign})
            """)
    long count(long campaign);

    @Select("""
            SELECT t.currency, w.what, count(*) AS coupons, sum(c.face_value)::bigint AS face_value
            FROM coupon c JOIN campaign g ON g.id = c.campaign_id
            JOIN template_version t ON t.template_id = g.template_id AND t.version = g.template_version
            CROSS JOIN LATERAL (VALUES ('ISSUED', c.issued_at),
              (CASE WHEN c.status IN ('REDEEMED', 'EXPIRED', 'REVOKED') THEN c.status END, c.updated_at)) AS w (what, at)
            WHERE (#{business}::text IS NULL OR g.business = #{business}) AND w.what IS NOT NULL
              AND w.at >= #{first}::date::timestamp AT TIME ZONE g.zone
              AND w.at < #{next}::date::timestamp AT TIME ZONE g.zone
            GROUP BY t.currency, w.what
            """)
    List<MonthLine> ofMonth(
            @Param("first") LocalDate first,
            @Param("next") LocalDate next,
            @Param("business") @Nullable String business);

    @Select("""
            SELECT count(*) FROM coupon
            WHERE campaign_id = #{grant.campaignId} AND source_kind = 'GRANT' AND source_id = #{grant.id}
            """)
    long countOfGrant(@Param("grant") Grant grant);
}

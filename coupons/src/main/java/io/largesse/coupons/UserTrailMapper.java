package io.largesse.coupons;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** A campaign that is null stands for all. */
@Mapper
interface UserTrailMapper {

    String OF_CAMPAIGN = " (#{campaign}::bigint IS NULL OR g.campaign_id = #{campaign}) ";

    @Select("SELECT g.*, (SELECT c.pool FROM campaign c WHERE c.id = g.campaign_id) AS pool FROM coupon_grant g WHERE"
            + OF_CAMPAIGN + "ORDER BY id DESC")
    List<Grant> grants(@Param("campaign") @Nullable Long campaign);

    /** Some twenty look-ups for each grant, whatever its size. */
    @Select("""
            SELECT r.grant_id, s.file_name, s.sheet, r.row_no, NULL AS reason, NULL::text[] AS arguments
            FROM (SELECT g.id, recipient_seq(g.id, #{user}) AS seq FROM coupon_grant g
                  WHERE g.recipients > 0 AND""" + OF_CAMPAIGN + """
                 OFFSET 0) f
            JOIN recipient r ON r.grant_id = f.id AND r.seq = f.seq
            JOIN grant_source s ON s.grant_id = r.grant_id AND s.source_no = r.source_no
            """)
    List<TrailRow> accepted(@Param("user") String user, @Param("campaign") @Nullable Long campaign);

    /** By what was typed there, in canonical form. */
    @Select("""
            SELECT j.grant_id, s.file_name, s.sheet, j.row_no, j.reason, j.arguments
            FROM reject j JOIN coupon_grant g ON g.id = j.grant_id
            JOIN grant_source s ON s.grant_id = j.grant_id AND s.source_no = j.source_no
            WHERE canonical_user(j.raw) COLLATE "C" = canonical_user(#{typed}) AND""" + OF_CAMPAIGN + """
            ORDER BY j.grant_id DESC, j.source_no, j.row_no LIMIT #{most}
            """)
    List<TrailRow> rejected(
            @Param("typed") String typed, @Param("campaign") @Nullable Long campaign, @Param("most") int most);

    @Select("""
            SELECT g.code, g.campaign_id, g.source_kind, g.source_id, g.status, g.issued_at, g.updated_at FROM coupon g
            WHERE g.user_id = #{user} AND""" + OF_CAMPAIGN + """
            ORDER BY g.issued_at DESC, g.source_id, g.ordinal LIMIT #{most}
            """)
    List<TrailCoupon> coupons(
            @Param("user") String user, @Param("campaign") @Nullable Long campaign, @Param("most") int most);
}

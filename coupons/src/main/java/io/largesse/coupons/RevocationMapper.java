package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface RevocationMapper {

    /** Keeps the runs of a grant from being taken over until the commit. */
    @Select("SELECT id FROM run WHERE subject = #{subject} ORDER BY id FOR UPDATE")
    List<Long> lockRuns(String subject);

    /** Waits for the chunks that hold a token, and has all later ones refused. */
    @Update("UPDATE run_token SET token = token + 1 WHERE run_id IN (SELECT id FROM run WHERE subject = #{subject})")
    int fenceRuns(String subject);

    /** The newest token of those who may have taken codes for the grant; null if nobody ever tried. */
    @Select("""
            SELECT max(t.token) FROM run_token t JOIN run r ON r.id = t.run_id
            WHERE r.subject = #{subject} AND r.job = #{job}
            """)
    @Nullable
    Long token(@Param("subject") String subject, @Param("job") String job);

    /**
     * Neighbours in the order of users are neighbours in the index, which is read once from the first to the last: cheaper
     * than to look each of them up. A coupon that is being spent is waited for, and then kept.
     */
    @Update("""
            UPDATE coupon SET status = 'REVOKED', updated_at = #{at}
            WHERE user_id >= (SELECT user_id FROM recipient WHERE grant_id = #{g.id} AND seq = #{first})
              AND user_id <= (SELECT user_id FROM recipient WHERE grant_id = #{g.id} AND seq = #{last})
              AND campaign_id = #{g.campaignId} AND source_kind = 'GRANT' AND source_id = #{g.id} AND status = 'ISSUED'
            """)
    long revoke(@Param("g") Grant grant, @Param("first") long first, @Param("last") long last, @Param("at") Instant at);

    @Update("""
            UPDATE coupon SET status = 'REVOKED', updated_at = #{at}
            WHERE campaign_id = #{g.campaignId} AND source_kind = 'GRANT' AND source_id = #{g.id} AND status = 'ISSUED'
            """)
    long revokeRest(@Param("g") Grant grant, @Param("at") Instant at);

    @Select("""
            SELECT status, count(*) AS coupons, sum(face_value)::bigint AS face_value FROM coupon
            WHERE campaign_id = #{campaignId} AND source_kind = 'GRANT' AND source_id = #{id}
            GROUP BY status ORDER BY status
            """)
    List<CouponCount> counts(Grant grant);

    @Select("""
            SELECT r.seq, c.user_id, c.code, c.status, c.order_id, c.face_value, c.issued_at, c.updated_at
            FROM recipient r JOIN coupon c ON c.user_id = r.user_id AND c.campaign_id = #{g.campaignId}
              AND c.source_kind = 'GRANT' AND c.source_id = #{g.id}
            WHERE r.grant_id = #{g.id} AND r.seq BETWEEN #{first} AND #{last} AND c.status IN ('LOCKED', 'REDEEMED', 'EXPIRED')
            ORDER BY r.seq, c.ordinal
            """)
    List<SpentCoupon> spent(@Param("g") Grant grant, @Param("first") long first, @Param("last") long last);

    /**
     * The codes of a block are never used again, and their share of the stock is free for others. A code that came back, and
     * that somebody else holds, is alive and not counted.
     */
    @Update("""
            UPDATE campaign SET voided = voided + (
              SELECT count(DISTINCT c.code) FROM allotment_block b CROSS JOIN LATERAL unnest(b.codes) AS c (code)
              WHERE b.grant_id = #{g.id} AND b.shard = #{block.shard} AND b.block_no = #{block.blockNo}
                AND NOT EXISTS (SELECT FROM coupon k WHERE k.campaign_id = #{g.campaignId} AND k.code = c.code)
                AND c.code NOT IN (
                  SELECT unnest(o.codes) FROM allotment_block o JOIN coupon_grant og ON og.id = o.grant_id
                  WHERE og.campaign_id = #{g.campaignId} AND (o.grant_id, o.shard, o.block_no) <> (b.grant_id, b.shard, b.block_no)))
            WHERE id = #{g.campaignId}
            """)
    int voidCodes(@Param("g") Grant grant, @Param("block") AllotmentBlock block);
}

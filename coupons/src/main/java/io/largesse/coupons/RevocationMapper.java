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

    /** Codes that nobody holds, and only they, go back: who has got his coupon keeps its code. */
    @Update("""
            UPDATE allotment_block b SET given_back = true, codes = ARRAY(
              SELECT c.code FROM unnest(b.codes) WITH ORDINALITY AS c (code, place)
              WHERE NOT EXISTS (SELECT FROM coupon k WHERE k.campaign_id = #{campaignId} AND k.code = c.code)
              ORDER BY c.place)
            WHERE b.grant_id = #{id} AND NOT b.given_back
            """)
    int giveBackUnissued(Grant grant);

    /** A block whose codes are yet to go back; nobody else sends them back until the commit. */
    @Select("""
            SELECT shard, block_no, codes FROM allotment_block
            WHERE grant_id = #{grant} AND given_back AND cardinality(codes) > 0
            ORDER BY shard, block_no LIMIT 1 FOR UPDATE
            """)
    List<AllotmentBlock> lockToGiveBack(long grant);

    /** Codes that are never used again: their share of the stock is free for others. */
    @Update("UPDATE campaign SET voided = voided + #{codes} WHERE id = #{campaign}")
    int voidCodes(@Param("campaign") long campaign, @Param("codes") long codes);

    @Select("""
            SELECT coalesce(sum(cardinality(codes)), 0) FROM allotment_block WHERE grant_id = #{grant} AND given_back
            """)
    long onTheirWayBack(long grant);
}

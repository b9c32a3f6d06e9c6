package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

@Mapper
interface ClaimShardMapper {

    @Insert("INSERT INTO claim_shard (shard) VALUES (#{shard}) ON CONFLICT DO NOTHING")
    int insert(int shard);

    @Select("""
            SELECT shard, epoch, written_millis, written_sequence, coalesce(b.beat, 0) AS beat
            FROM claim_shard LEFT JOIN claim_beat b USING (shard) ORDER BY shard
            """)
    List<ClaimShard> all();

    /** In the order of shards, as all lock them. */
    @Insert("""
            INSERT INTO claim_beat SELECT n - 1, beat
            FROM unnest(#{beats,typeHandler=io.largesse.coupons.TextArrayTypeHandler}::bigint[]) WITH ORDINALITY AS b (beat, n) ORDER BY n
            ON CONFLICT (shard) DO UPDATE SET beat = excluded.beat WHERE claim_beat.beat < excluded.beat
            """)
    int beat(@Param("beats") List<String> beats);

    @Select(
            "SELECT pg_advisory_xact_lock(hashtext('claim_conflict ' || #{e.shard} || ' ' || #{e.millis}), #{e.sequence}::int)")
    @Nullable
    Object lock(@Param("e") ClaimEntry entry);

    @Update("UPDATE claim_shard SET epoch = epoch + 1 WHERE shard = #{shard} AND epoch = #{epoch}")
    int distrust(@Param("shard") int shard, @Param("epoch") long epoch);

    /** Redis starts anew from what it has: ids below the one written last are fine again. */
    @Update("""
            UPDATE claim_shard SET written_millis = 0, written_sequence = 0 WHERE shard = #{shard} AND epoch = #{epoch}
            """)
    int trust(@Param("shard") int shard, @Param("epoch") long epoch);

    @Select("SELECT pg_try_advisory_xact_lock(hashtext('claim_shard'), #{shard})")
    boolean tryLock(int shard);

    @Select("""
            SELECT user_id, ordinal, code, issued_at, valid_to FROM coupon
            WHERE campaign_id = #{campaign} AND source_kind = 'CLAIM' ORDER BY user_id, ordinal
            """)
    @Options(fetchSize = 2_000)
    Cursor<WrittenClaim> claimsOf(long campaign);

    @Select("""
            SELECT c.code FROM unnest(#{codes,typeHandler=io.largesse.coupons.TextArrayTypeHandler}) AS c (code)
            WHERE EXISTS (SELECT FROM coupon k WHERE k.campaign_id = #{campaign} AND k.code = c.code)
              OR c.code IN (SELECT unnest(b.codes) FROM allotment_block b JOIN coupon_grant g ON g.id = b.grant_id
                            WHERE g.campaign_id = #{campaign} AND NOT b.given_back)
              OR c.code IN (SELECT v.code FROM claim_conflict v WHERE v.campaign_id = #{campaign} AND v.voided)
            """)
    List<String> usedOf(@Param("campaign") long campaign, @Param("codes") List<String> codes);

    @Insert("""
            INSERT INTO claim_conflict VALUES (#{e.shard}, #{e.millis}, #{e.sequence}, #{e.campaign}, #{e.user}, #{e.code},
                                               #{instead}, #{voided}, #{at})
            ON CONFLICT DO NOTHING
            """)
    int conflict(
            @Param("e") ClaimEntry entry,
            @Param("instead") String instead,
            @Param("voided") boolean voided,
            @Param("at") Instant at);

    @Update("UPDATE campaign SET voided = voided + 1 WHERE id = #{campaign}")
    int voidOne(long campaign);

    @Select("SELECT code FROM claim_conflict WHERE campaign_id = #{campaign} AND voided")
    List<String> voided(long campaign);

    /** The user's code for this claim; null if he has none. */
    @Select("""
            SELECT code FROM coupon WHERE user_id = #{e.user} AND campaign_id = #{e.campaign} AND source_kind = 'CLAIM'
              AND source_id = 0 AND ordinal = #{e.ordinal}
            """)
    @Nullable
    String codeOf(@Param("e") ClaimEntry entry);

    @Select("SELECT * FROM campaign WHERE id = #{e.campaign}")
    @Nullable
    Campaign campaignOf(@Param("e") ClaimEntry entry);

    /** Whether a coupon or a grant has the code. */
    @Select("""
            SELECT EXISTS (SELECT FROM coupon WHERE campaign_id = #{e.campaign} AND code = #{e.code})
              OR EXISTS (SELECT FROM allotment_block b JOIN coupon_grant g ON g.id = b.grant_id
                         WHERE g.campaign_id = #{e.campaign} AND b.codes @> ARRAY[#{e.code}]::text[])
              OR EXISTS (SELECT FROM claim_conflict c
                         WHERE c.campaign_id = #{e.campaign} AND c.code = #{e.code} AND c.voided)
            """)
    boolean isHeld(@Param("e") ClaimEntry entry);

    @Insert("""
            INSERT INTO coupon VALUES (#{code}, #{e.campaign}, #{e.user}, 'CLAIM', 0, #{e.ordinal}, 'ISSUED', #{e.claimedAt},
                                       #{e.validFrom}, #{e.validTo}, #{e.faceValue}, NULL, #{at})
            """)
    int insertCoupon(@Param("e") ClaimEntry entry, @Param("code") String code, @Param("at") Instant at);
}

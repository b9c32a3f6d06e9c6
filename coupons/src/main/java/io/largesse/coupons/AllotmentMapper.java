package io.largesse.coupons;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;

@Mapper
interface AllotmentMapper {

    @Insert("""
            INSERT INTO allotment_block (grant_id, shard, block_no, codes)
            VALUES (#{grant}, #{block.shard}, #{block.blockNo}, #{block.codes,javaType=java.util.List})
            """)
    void insert(@Param("grant") long grant, @Param("block") AllotmentBlock block);

    @Select("SELECT coalesce(max(block_no), 0) FROM allotment_block WHERE grant_id = #{grant} AND shard = #{shard}")
    int lastBlock(@Param("grant") long grant, @Param("shard") int shard);

    @Select(
            "SELECT coalesce(sum(cardinality(codes)), 0) FROM allotment_block WHERE grant_id = #{grant} AND NOT given_back")
    long count(long grant);

    /**
     * Codes that nobody holds, and only they, go back: who has got his coupon keeps its code. None if coupons of the campaign
     * are archived: that is done only when no grant has codes to give back.
     */
    @Update("""
            UPDATE allotment_block b SET given_back = true, codes = ARRAY(
              SELECT c.code FROM unnest(b.codes) WITH ORDINALITY AS c (code, place)
              WHERE NOT EXISTS (SELECT FROM coupon k WHERE k.campaign_id = #{campaignId} AND k.code = c.code)
              ORDER BY c.place)
            WHERE b.grant_id = #{id} AND NOT b.given_back
              AND (SELECT archived = 0 FROM campaign WHERE id = #{campaignId})
            """)
    void giveBackUnissued(Grant grant);

    /** A block whose codes are yet to go back; nobody else sends them back until the commit. */
    @Select("""
            SELECT shard, block_no, codes FROM allotment_block
            WHERE grant_id = #{grant} AND given_back AND cardinality(codes) > 0
            ORDER BY shard, block_no LIMIT 1 FOR UPDATE
            """)
    List<AllotmentBlock> lockToGiveBack(long grant);

    @Select("""
            SELECT coalesce(sum(cardinality(codes)), 0) FROM allotment_block WHERE grant_id = #{grant} AND given_back
            """)
    long onTheirWayBack(long grant);

    /** The row stays: the number of the block is used up. */
    @Update("""
            UPDATE allotment_block SET codes = '{}'
            WHERE grant_id = #{grant} AND shard = #{block.shard} AND block_no = #{block.blockNo}
            """)
    int empty(@Param("grant") long grant, @Param("block") AllotmentBlock block);

    /** What is yet to go back stays. */
    @Delete("DELETE FROM allotment_block WHERE grant_id = #{grant} AND (NOT given_back OR cardinality(codes) = 0)")
    int deleteSettled(long grant);

    @Select("""
            SELECT EXISTS (SELECT FROM allotment_block
                           WHERE grant_id = #{grant} AND first_position IS NOT NULL AND NOT given_back)
            """)
    boolean isArranged(long grant);

    /**
     * Deals the codes anew over the blocks, in their own order, and gives each its position. Blocks keep their sizes. What
     * all codes begin with, the business and a date, is passed over: PostgreSQL compares the first eight bytes as a number, and
     * the whole texts only where those are equal.
     *
     * @return how many codes stand there more than once
     */
    @Select(affectData = true, value = """
            WITH place AS (
              SELECT shard, block_no, cardinality(codes) AS size,
                     sum(cardinality(codes)) OVER (ORDER BY block_no, shard)::bigint AS last
              FROM allotment_block WHERE grant_id = #{grant} AND NOT given_back AND cardinality(codes) > 0),
            skipped AS MATERIALIZED (
              SELECT length(c.business) + 11 AS characters FROM coupon_grant g JOIN campaign c ON c.id = g.campaign_id
              WHERE g.id = #{grant}),
            bounds AS MATERIALIZED (SELECT array_agg(last - size + 1 ORDER BY last) AS firsts FROM place),
            ordered AS (
              SELECT c.code, row_number() OVER w AS position, lag(c.code) OVER w = c.code AS again
              FROM allotment_block b, unnest(b.codes) AS c (code)
              WHERE b.grant_id = #{grant} AND NOT b.given_back
              WINDOW w AS (ORDER BY substr(c.code, (SELECT characters FROM skipped)), c.code)),
            slice AS (
              SELECT width_bucket(position, (SELECT firsts FROM bounds)) AS no, array_agg(code) AS codes,
                     count(*) FILTER (WHERE again) AS again
              FROM ordered GROUP BY 1),
            dealt AS (
              UPDATE allotment_block b
              SET codes = s.codes, first_position = p.last - p.size + 1, last_position = p.last
              FROM (SELECT *, row_number() OVER (ORDER BY last) AS no FROM place) p JOIN slice s USING (no)
              WHERE b.grant_id = #{grant} AND b.shard = p.shard AND b.block_no = p.block_no
              RETURNING s.again)
            SELECT coalesce(sum(again), 0) FROM dealt
            """)
    long arrange(long grant);

    @Select("SELECT EXISTS (SELECT FROM coupon WHERE campaign_id = #{campaign})")
    boolean hasCoupons(long campaign);

    @Select("SELECT any_issued(#{id}, #{campaignId})")
    boolean anyIssued(Grant grant);

    /** Codes of the grant that are coupons already, of whomever. */
    @Select("SELECT shard, block_no, place, code FROM issued_codes(#{g.id}, #{g.campaignId}, #{most})")
    List<UsedCode> issued(@Param("g") Grant grant, @Param("most") int most);

    /** Codes that stand in the grant more than once; the first place keeps its code. */
    @Select("""
            SELECT shard, block_no, place, code FROM (
              SELECT u.*, row_number() OVER (PARTITION BY u.code ORDER BY u.position) AS occurrence
              FROM unissued_code u WHERE u.grant_id = #{g.id}) o
            WHERE occurrence > 1 ORDER BY shard, block_no, place LIMIT #{most}
            """)
    List<UsedCode> repeated(@Param("g") Grant grant, @Param("most") int most);

    /** Codes that an earlier grant of the campaign has, too: it keeps them. */
    @Select("SELECT shard, block_no, place, code FROM allotted_earlier(#{g.id}, #{g.campaignId}, #{most})")
    List<UsedCode> allottedEarlier(@Param("g") Grant grant, @Param("most") int most);

    @Select("""
            SELECT EXISTS (SELECT FROM allotment_block b JOIN coupon_grant o ON o.id = b.grant_id
                           WHERE o.campaign_id = #{campaignId} AND o.id < #{id} AND NOT b.given_back)
            """)
    boolean hasEarlier(Grant grant);

    @Select("""
            SELECT shard, block_no, codes FROM allotment_block
            WHERE grant_id = #{grant} AND shard = #{shard} AND block_no = #{blockNo} FOR UPDATE
            """)
    AllotmentBlock lock(@Param("grant") long grant, @Param("shard") int shard, @Param("blockNo") int blockNo);

    @Update("""
            UPDATE allotment_block SET codes = #{block.codes,javaType=java.util.List}
            WHERE grant_id = #{grant} AND shard = #{block.shard} AND block_no = #{block.blockNo}
            """)
    int rewrite(@Param("grant") long grant, @Param("block") AllotmentBlock block);

    /** The blocks' slices of positions from (inclusive) to (inclusive), in order. */
    @Select("""
            SELECT shard, block_no, codes[greatest(#{from} - first_position, 0) + 1 : least(#{to}, last_position) - first_position + 1]
              AS codes
            FROM allotment_block
            WHERE grant_id = #{grant} AND first_position <= #{to} AND last_position >= #{from} AND NOT given_back
            ORDER BY first_position
            """)
    List<AllotmentBlock> slices(@Param("grant") long grant, @Param("from") long from, @Param("to") long to);

    /** Without the codes themselves: their number is in the array's head. */
    @Select("""
            SELECT coalesce(sum(cardinality(b.codes)), 0) FROM allotment_block b JOIN coupon_grant g ON g.id = b.grant_id
            WHERE g.state IN ('RUNNING', 'STOPPED', 'FAILED')
            """)
    long open();

    @Select("""
            SELECT unnest(b.codes) FROM allotment_block b JOIN coupon_grant g ON g.id = b.grant_id
            WHERE g.campaign_id = #{campaign}
            """)
    @Options(fetchSize = 10_000)
    Cursor<String> codesOf(long campaign);
}

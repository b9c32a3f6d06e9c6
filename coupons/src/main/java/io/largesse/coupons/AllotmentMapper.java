package io.largesse.coupons;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

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

    @Update("UPDATE allotment_block SET given_back = true WHERE grant_id = #{grant}")
    void giveBackAll(long grant);

    @Select("""
            SELECT shard, block_no, codes FROM allotment_block
            WHERE grant_id = #{grant} AND given_back AND cardinality(codes) > 0
            ORDER BY shard, block_no LIMIT 1
            """)
    List<AllotmentBlock> firstToGiveBack(long grant);

    /** The row stays: the number of the block is used up. */
    @Update("""
            UPDATE allotment_block SET codes = '{}'
            WHERE grant_id = #{grant} AND shard = #{block.shard} AND block_no = #{block.blockNo}
            """)
    int empty(@Param("grant") long grant, @Param("block") AllotmentBlock block);

    @Delete("DELETE FROM allotment_block WHERE grant_id = #{grant}")
    int deleteAll(long grant);

    /** Gives each code its position, once all are there. Block order is that of the shards' own sequences. */
    @Update("""
            UPDATE allotment_block b SET first_position = p.first_position,
                                         last_position = p.first_position + cardinality(b.codes) - 1
            FROM (SELECT shard, block_no,
                         1 + coalesce(sum(cardinality(codes)) OVER (ORDER BY block_no, shard
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS first_position
                  FROM allotment_block WHERE grant_id = #{grant} AND NOT given_back) p
            WHERE b.grant_id = #{grant} AND b.shard = p.shard AND b.block_no = p.block_no
            """)
    int position(long grant);

    @Select(
            "SELECT count(*) FROM allotment_block WHERE grant_id = #{grant} AND first_position IS NULL AND NOT given_back AND cardinality(codes) > 0")
    long unpositioned(long grant);

    @Select("SELECT EXISTS (SELECT FROM coupon WHERE campaign_id = #{campaign})")
    boolean hasCoupons(long campaign);

    /** Codes of the grant that somebody holds who has not got them from this grant: Redis went back in time. */
    @Select("""
            SELECT a.shard, a.block_no, a.place, a.code FROM allotment a
            JOIN coupon c ON c.campaign_id = #{campaign} AND c.code = a.code
            WHERE a.grant_id = #{grant} AND NOT (c.source_kind = 'GRANT' AND c.source_id = #{grant})
            ORDER BY a.shard, a.block_no, a.place
            """)
    List<UsedCode> used(@Param("grant") long grant, @Param("campaign") long campaign);

    @Update("""
            UPDATE allotment_block SET codes[#{used.place}] = #{code}
            WHERE grant_id = #{grant} AND shard = #{used.shard} AND block_no = #{used.blockNo}
            """)
    int replace(@Param("grant") long grant, @Param("used") UsedCode used, @Param("code") String code);

    /** The codes of positions from (inclusive) to (inclusive), in order. */
    @Select("""
            SELECT code FROM allotment_block b, unnest(b.codes) WITH ORDINALITY AS c (code, place)
            WHERE b.grant_id = #{grant} AND b.first_position <= #{to}
              AND b.last_position >= #{from} AND NOT b.given_back
              AND b.first_position + c.place - 1 BETWEEN #{from} AND #{to}
            ORDER BY b.first_position, c.place
            """)
    List<String> codes(@Param("grant") long grant, @Param("from") long from, @Param("to") long to);
}

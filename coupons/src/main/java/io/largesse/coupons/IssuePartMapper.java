package io.largesse.coupons;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

@Mapper
interface IssuePartMapper {

    @Insert("""
            INSERT INTO issue_part (grant_id, part, first_position, last_position, next_position)
            VALUES (#{grant}, #{p.part}, #{p.first}, #{p.last}, #{p.next})
            """)
    void insert(@Param("grant") long grant, @Param("p") IssuePart part);

    @Select("""
            SELECT part, first_position AS first, last_position AS last, next_position AS next
            FROM issue_part WHERE grant_id = #{grant} ORDER BY part
            """)
    List<IssuePart> of(long grant);

    @Select("SELECT coalesce(sum(next_position - first_position), 0) FROM issue_part WHERE grant_id = #{grant}")
    long issued(long grant);

    @Update("""
            UPDATE issue_part SET next_position = #{to}
            WHERE grant_id = #{grant} AND part = #{part} AND next_position = #{from}
            """)
    int advance(@Param("grant") long grant, @Param("part") int part, @Param("from") long from, @Param("to") long to);

    /** The positions of the grant's coupons that lie in a range: how many, and the last. */
    @Select("""
            SELECT count(*) AS count, coalesce(max(p.position), 0) AS last
            FROM (SELECT (r.seq - 1) * #{g.quantity} + c.ordinal AS position
                  FROM recipient r JOIN coupon c ON c.user_id = r.user_id AND c.campaign_id = #{g.campaignId}
                    AND c.source_kind = 'GRANT' AND c.source_id = #{g.id}
                  WHERE r.grant_id = #{g.id} AND r.seq BETWEEN (#{first} - 1) / #{g.quantity} + 1
                                                           AND (#{last} - 1) / #{g.quantity} + 1) p
            WHERE p.position BETWEEN #{first} AND #{last}
            """)
    IssuedPositions issuedBetween(@Param("g") Grant grant, @Param("first") long first, @Param("last") long last);
}

package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface ExpirationMapper {

    @Select("""
            SELECT c.relname AS name, substr(c.relname, 8)::bigint AS first_campaign,
                   pg_relation_size(c.oid) / current_setting('block_size')::bigint AS pages
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'coupon'::regclass
              AND (#{campaign}::bigint IS NULL OR substr(c.relname, 8)::bigint = #{campaign}::bigint / 50 * 50)
            ORDER BY first_campaign
            """)
    List<CouponPartition> partitions(@Param("campaign") @Nullable Long campaign);

    @Select("SELECT pg_relation_size(#{partition}::regclass) / current_setting('block_size')::bigint")
    long pages(String partition);

    /** None that has not ended by the database's clock: whoever asks may have one that is ahead. */
    @Select(affectData = true, value = """
            SELECT expire_coupons(#{partition}, #{first}, #{last}, #{campaign}::bigint, least(#{cutoff}, now()), #{at})
            """)
    long expire(
            @Param("partition") String partition,
            @Param("first") long firstPage,
            @Param("last") long lastPage,
            @Param("campaign") @Nullable Long campaign,
            @Param("cutoff") Instant cutoff,
            @Param("at") Instant at);
}

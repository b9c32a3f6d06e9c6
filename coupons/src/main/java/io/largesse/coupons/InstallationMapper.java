package io.largesse.coupons;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface InstallationMapper {

    @Select("SELECT shards FROM installation")
    @Nullable
    Integer shards();

    @Insert("INSERT INTO installation (shards, created_at) VALUES (#{shards}, #{at}) ON CONFLICT DO NOTHING")
    void record(@Param("shards") int shards, @Param("at") Instant at);
}

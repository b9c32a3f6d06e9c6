package io.largesse.coupons;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface WorkFileMapper {

    @Insert("""
            INSERT INTO work_file (folder, name, owner, grant_id) VALUES (#{folder}, #{name}, #{owner}, #{grant})
            """)
    void insert(
            @Param("folder") String folder,
            @Param("name") String name,
            @Param("owner") String owner,
            @Param("grant") @Nullable Long grant);

    @Delete("DELETE FROM work_file WHERE folder = #{folder} AND name = #{name}")
    void delete(@Param("folder") String folder, @Param("name") String name);

    @Select("SELECT name FROM work_file WHERE folder = #{folder} AND grant_id = #{grant} ORDER BY name")
    List<String> ofGrant(@Param("folder") String folder, @Param("grant") long grant);

    /** A process that lives has a session, but for the moments after the database was restarted. */
    @Select("""
            SELECT name FROM work_file w WHERE folder = #{folder} AND made_at < now() - make_interval(secs => #{seconds})
              AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.application_name = w.owner)
            ORDER BY name
            """)
    List<String> ofTheDead(@Param("folder") String folder, @Param("seconds") double seconds);
}

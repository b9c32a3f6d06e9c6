package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface InboxListMapper {

    @Select(affectData = true, value = """
            INSERT INTO inbox_list (object_key, tag, sha256, grant_id, state, taken_at)
            VALUES (#{o.key}, #{o.tag}, #{sha256}, #{grant}, 'TAKEN', #{at}) RETURNING id
            """)
    long insertTaken(
            @Param("o") StoredObject object,
            @Param("sha256") String sha256,
            @Param("grant") long grant,
            @Param("at") Instant at);

    @Select(affectData = true, value = """
            INSERT INTO inbox_list (object_key, tag, sha256, state, reason_code, reason_args, taken_at)
            VALUES (#{o.key}, #{o.tag}, #{sha256}, 'REFUSED', #{why.code}, #{why.arguments,javaType=java.util.List}, #{at})
            RETURNING id
            """)
    long insertRefused(
            @Param("o") StoredObject object,
            @Param("sha256") String sha256,
            @Param("why") Message why,
            @Param("at") Instant at);

    @Select("SELECT * FROM inbox_list WHERE id = #{id}")
    InboxList find(long id);

    @Select("SELECT * FROM inbox_list WHERE object_key = #{key} AND moved_at IS NULL")
    @Nullable
    InboxList open(String key);

    @Select("""
            SELECT * FROM inbox_list WHERE moved_at IS NULL AND starts_with(object_key, #{prefix}) AND object_key > #{after}
            ORDER BY object_key LIMIT #{most}
            """)
    List<InboxList> openAfter(@Param("prefix") String prefix, @Param("after") String after, @Param("most") int most);

    @Update("UPDATE inbox_list SET state = #{to} WHERE id = #{id} AND state IN ('TAKEN', 'HELD')")
    int move(@Param("id") long id, @Param("to") InboxState to);

    @Update("""
            UPDATE inbox_list SET state = 'REFUSED', reason_code = #{why.code}, reason_args = #{why.arguments,javaType=java.util.List}
            WHERE id = #{id} AND state IN ('TAKEN', 'HELD')
            """)
    int refuse(@Param("id") long id, @Param("why") Message why);

    @Update("""
            UPDATE inbox_list SET moved_at = #{at}, moved_to = #{to}
            WHERE id = #{id} AND moved_at IS NULL AND state IN ('GRANTED', 'REFUSED')
            """)
    int moved(@Param("id") long id, @Param("to") String to, @Param("at") Instant at);
}

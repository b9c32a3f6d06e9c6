package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface AuditMapper {

    @Insert("""
            INSERT INTO audit (at, actor, origin, request_id, what, subject, before, after)
            VALUES (#{at}, #{actor.name}, #{actor.origin}, #{actor.requestId}, #{what}, #{subject}, #{before}::jsonb,
                    #{after}::jsonb)
            """)
    void insert(
            @Param("at") Instant at,
            @Param("actor") Actor actor,
            @Param("what") String what,
            @Param("subject") String subject,
            @Param("before") @Nullable String before,
            @Param("after") @Nullable String after);

    @Select("""
            SELECT at, actor, origin, request_id, what, subject, before::text, after::text
            FROM audit WHERE subject = #{subject} ORDER BY id
            """)
    List<AuditEntry> of(String subject);
}

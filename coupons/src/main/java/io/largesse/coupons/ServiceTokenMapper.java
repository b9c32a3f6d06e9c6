package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

@Mapper
interface ServiceTokenMapper {

    String COLUMNS = "id, digest, name, scopes, created_at, created_by, expires_at, revoked_at";

    @Select(affectData = true, value = """
            INSERT INTO service_token (name, digest, scopes, created_at, created_by, expires_at)
            VALUES (#{name}, #{digest}, #{scopes,typeHandler=io.largesse.coupons.TextArrayTypeHandler}, #{at}, #{by}, #{expiresAt})
            RETURNING id, digest, name, scopes, created_at, created_by, expires_at, revoked_at
            """)
    ServiceToken insert(
            @Param("name") String name,
            @Param("digest") String digest,
            @Param("scopes") List<String> scopes,
            @Param("at") Instant at,
            @Param("by") String by,
            @Param("expiresAt") Instant expiresAt);

    @Select("SELECT " + COLUMNS + " FROM service_token WHERE revoked_at IS NULL AND expires_at > #{at}")
    List<ServiceToken> valid(Instant at);

    @Select("SELECT " + COLUMNS + " FROM service_token ORDER BY id")
    List<ServiceToken> all();

    @Update("UPDATE service_token SET revoked_at = #{at} WHERE id = #{id} AND revoked_at IS NULL")
    int revoke(@Param("id") long id, @Param("at") Instant at);
}

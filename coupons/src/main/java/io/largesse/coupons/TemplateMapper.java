package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

@Mapper
interface TemplateMapper {

    /** The id of the template of this name, made if need be; the row stays locked, so that versions count up. */
    @Select(affectData = true, value = """
            INSERT INTO template (name, created_at) VALUES (#{name}, #{at})
            ON CONFLICT (name) DO UPDATE SET name = excluded.name
            RETURNING id
            """)
    long lock(@Param("name") String name, @Param("at") Instant at);

    @Select("SELECT coalesce(max(version), 0) FROM template_version WHERE template_id = #{id}")
    int lastVersion(long id);

    @Insert("""
            INSERT INTO template_version (template_id, version, title, description, currency, amount, basis_points, cap,
                                          threshold, platforms, regions, categories, created_at, created_by)
            VALUES (#{t.templateId}, #{t.version}, #{t.title}, #{t.description}, #{t.currency}, #{t.amount}, #{t.basisPoints},
                    #{t.cap}, #{t.threshold}, #{t.platforms,javaType=java.util.List}, #{t.regions,javaType=java.util.List}, #{t.categories,javaType=java.util.List}, #{at}, #{by})
            """)
    void insert(@Param("t") TemplateRow template, @Param("at") Instant at, @Param("by") String by);

    @Select("""
            SELECT v.template_id, t.name, v.version, v.title, v.description, v.currency, v.amount, v.basis_points, v.cap,
                   v.threshold, v.platforms, v.regions, v.categories
            FROM template t JOIN template_version v ON v.template_id = t.id
            WHERE t.name = #{name}
            ORDER BY v.version DESC
            """)
    List<TemplateRow> versions(String name);

    @Select("""
            SELECT v.template_id, t.name, v.version, v.title, v.description, v.currency, v.amount, v.basis_points, v.cap,
                   v.threshold, v.platforms, v.regions, v.categories
            FROM template t JOIN template_version v ON v.template_id = t.id
            WHERE t.id = #{id} AND v.version = #{version}
            """)
    @Nullable
    TemplateRow find(@Param("id") long id, @Param("version") int version);
}

package io.largesse.coupons;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

@Mapper
interface CodeRangeMapper {

    String COLUMNS =
            "id, prefix, date, first_serial, last_serial, campaign_id, code_format, state, state = 'GENERATING'"
                    + " AND EXISTS (SELECT FROM run r WHERE r.id = run_id AND r.state NOT IN ('DONE', 'REFUSED')) AS may_grow";

    /** The first of n fresh serials; null if the day's codes were begun with another key. */
    @Select(affectData = true, value = """
            INSERT INTO code_sequence (prefix, date, next_serial, key_fingerprint)
            VALUES (#{prefix}, #{date}, first_serial(#{date}) + #{n}, #{key})
            ON CONFLICT (prefix, date) DO UPDATE
              SET next_serial = greatest(code_sequence.next_serial, first_serial(#{date})) + #{n},
                  key_fingerprint = coalesce(code_sequence.key_fingerprint, excluded.key_fingerprint)
              WHERE #{key}::text IS NULL OR coalesce(code_sequence.key_fingerprint, #{key}) = #{key}
            RETURNING next_serial - #{n}
            """)
    @Nullable
    Long nextSerials(
            @Param("prefix") String prefix,
            @Param("date") LocalDate date,
            @Param("n") long n,
            @Param("key") @Nullable String key);

    @Select(affectData = true, value = """
            INSERT INTO code_range (prefix, date, first_serial, last_serial, campaign_id, code_format, run_id, state, created_at)
            VALUES (#{prefix}, #{date}, #{first}, #{last}, #{campaign.id}, #{campaign.codeFormat}, #{run}, 'GENERATING', #{at})
            RETURNING id
            """)
    long insert(
            @Param("prefix") String prefix,
            @Param("date") LocalDate date,
            @Param("first") long first,
            @Param("last") long last,
            @Param("campaign") Campaign campaign,
            @Param("run") long run,
            @Param("at") Instant at);

    @Select("SELECT " + COLUMNS + " FROM code_range WHERE run_id = #{run}")
    @Nullable
    CodeRange ofRun(long run);

    @Select("SELECT " + COLUMNS + " FROM code_range WHERE campaign_id = #{campaign} ORDER BY id")
    List<CodeRange> ofCampaign(long campaign);

    @Select("SELECT " + COLUMNS + """
             FROM code_range
            WHERE prefix = #{prefix} AND date = #{date} AND first_serial <= #{serial} AND last_serial >= #{serial}
            ORDER BY first_serial DESC LIMIT 1
            """)
    @Nullable
    CodeRange containing(@Param("prefix") String prefix, @Param("date") LocalDate date, @Param("serial") long serial);

    @Update("UPDATE code_range SET state = 'VOID' WHERE campaign_id = #{campaign}")
    int voidAll(long campaign);

    @Update("UPDATE code_range SET state = 'READY' WHERE id = #{id} AND state = 'GENERATING'")
    int ready(long id);
}

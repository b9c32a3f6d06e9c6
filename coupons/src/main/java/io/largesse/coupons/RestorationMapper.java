package io.largesse.coupons;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

@Mapper
interface RestorationMapper {

    /**
     * Half of the serials that a sequential code has left go unused, of whatever prefix: how many were made is not known, and
     * there may be another restoration on the same day.
     */
    @Select(affectData = true, value = """
            WITH used AS (
              SELECT greatest(first_serial(#{firstDate}),
                              (SELECT coalesce(max(next_serial), 1) FROM code_sequence WHERE date >= #{firstDate})) AS next)
            INSERT INTO restoration (at, last_date, first_serial)
            SELECT #{at}, #{lastDate}, next + CASE WHEN next < 1000000000 THEN (1000000000 - next) / 2 ELSE 1000000000 END
            FROM used RETURNING first_serial
            """)
    long insert(
            @Param("at") Instant at, @Param("firstDate") LocalDate firstDate, @Param("lastDate") LocalDate lastDate);

    @Select("""
            SELECT setval(s.name, nextval(s.name) + #{ids})
            FROM (SELECT pg_get_serial_sequence(#{table}, 'id')::regclass AS name) AS s
            """)
    long skipIds(@Param("table") String table, @Param("ids") long ids);

    /** Numbered from one moment on: two in a microsecond would have one number. */
    @Update("""
            WITH fresh AS (SELECT next_pool() AS first)
            UPDATE campaign c SET ledger = n.ledger
            FROM (SELECT id, first + row_number() OVER (ORDER BY id) AS ledger FROM campaign, fresh) AS n WHERE n.id = c.id
            """)
    int renewLedgers();

    /** Above whatever epoch Redis has got to. */
    @Update("UPDATE claim_shard SET epoch = greatest(epoch + 1, next_pool()), written_millis = 0, written_sequence = 0")
    int renewEpochs();
}

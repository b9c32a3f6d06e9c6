package io.largesse.app;

import io.largesse.pools.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the stores say of a campaign and its grants, asked without the product's own queries. */
final class Books {

    private final Program program;
    private final JdbcTemplate sql;

    Books(Program program) {
        this.program = program;
        this.sql = program.bean(JdbcTemplate.class);
    }

    long campaign(String name) {
        return number("SELECT id FROM campaign WHERE name = ?", name);
    }

    long lastGrant() {
        return number("SELECT coalesce(max(id), 0) FROM coupon_grant");
    }

    List<Long> grantsOf(long campaign) {
        return sql.queryForList("SELECT id FROM coupon_grant WHERE campaign_id = ? ORDER BY id", Long.class, campaign);
    }

    String stateOf(long grant) {
        return sql.queryForObject("SELECT state FROM coupon_grant WHERE id = ?", String.class, grant);
    }

    long coupons(long campaign) {
        return number("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign);
    }

    /** Who got coupons from a grant, in the order of the ids' bytes; a user of several coupons several times. */
    List<String> usersOf(long grant) {
        return sql.queryForList(
                "SELECT user_id FROM coupon WHERE source_kind = 'GRANT' AND source_id = ? ORDER BY user_id",
                String.class,
                grant);
    }

    long inPool(long campaign) {
        var pool = number("SELECT pool FROM campaign WHERE id = ?", campaign);
        return program.bean(Pools.class).level(pool).sum();
    }

    long recipients(long grant) {
        return number("SELECT count(*) FROM recipient WHERE grant_id = ?", grant);
    }

    long allotted(long grant) {
        return number("SELECT count(*) FROM allotment_block WHERE grant_id = ?", grant);
    }

    List<String> stagingTables() {
        return sql.queryForList("SELECT relname FROM pg_class WHERE relname LIKE 'staged%'", String.class);
    }

    /** Files on their way; none may be left when a command has ended. */
    List<Path> workFiles() {
        try (var files = Files.walk(program.home().resolve("tmp"))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private long number(String query, Object... arguments) {
        var number = sql.queryForObject(query, Long.class, arguments);
        return number == null ? 0 : number;
    }
}

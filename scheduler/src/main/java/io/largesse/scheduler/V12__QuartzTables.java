package io.largesse.scheduler;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Quartz's tables, by the script in its own jar, without what that drops and commits. */
@Component
class V12__QuartzTables extends BaseJavaMigration {

    private static final String SCRIPT = "org/quartz/impl/jdbcjobstore/tables_postgres.sql";

    @Override
    public void migrate(Context context) throws Exception {
        var script = new ClassPathResource(SCRIPT).getContentAsString(StandardCharsets.UTF_8);
        var statements = Arrays.stream(script.replaceAll("(?m)^--.*$", "").split(";"))
                .map(String::strip)
                .filter(statement -> statement.regionMatches(true, 0, "CREATE", 0, 6))
                .toList();
        try (var statement = context.getConnection().createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }
}

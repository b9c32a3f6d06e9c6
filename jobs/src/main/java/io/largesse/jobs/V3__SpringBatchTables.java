package io.largesse.jobs;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;

/** Spring Batch's tables, by the script in its own jar, and the indexes that it lacks. */
@Component
class V3__SpringBatchTables extends BaseJavaMigration {

    private static final String[] INDEXES = {
        "CREATE INDEX batch_job_execution_instance ON batch_job_execution (job_instance_id)",
        "CREATE INDEX batch_step_execution_job ON batch_step_execution (job_execution_id)",
        "CREATE INDEX batch_job_execution_params_job ON batch_job_execution_params (job_execution_id)"
    };

    @Override
    public void migrate(Context context) throws Exception {
        var connection = new SingleConnectionDataSource(context.getConnection(), true);
        var script = new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql");
        new ResourceDatabasePopulator(script).execute(connection);
        try (var statement = context.getConnection().createStatement()) {
            for (var index : INDEXES) {
                statement.execute(index);
            }
        }
    }
}

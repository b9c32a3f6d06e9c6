package io.largesse.jobs;

import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.annotation.Isolation;

/**
 * The jobs and what launches them. Needs the beans of coupons, Pools, an ObjectStore, {@link JobSettings} and
 * {@link ProcessName}.
 *
 * <p>Job instances are created at READ_COMMITTED: their unique key decides between two launches, where SERIALIZABLE would
 * fail one of two unrelated jobs.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableBatchProcessing
@EnableJdbcJobRepository(isolationLevelForCreate = Isolation.READ_COMMITTED)
public class JobsConfiguration {

    /** Works on partitions. The pool of database connections must be larger than its threads + 3. */
    @Bean
    TaskExecutor partitionExecutor(JobSettings settings) {
        var executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(settings.workers());
        executor.setThreadNamePrefix("partition-");
        executor.setDaemon(true);
        // what runs is asked to stop after that, and may need it to get there
        executor.setAcceptTasksAfterContextClose(true);
        return executor;
    }
}

package io.largesse.app.worker;

import io.largesse.coupons.Runs;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.JobDesk;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a node with the role {@code worker} does. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("largesse.roles.worker")
public class WorkerConfiguration {

    @Bean
    DeadRuns deadRuns(Runs runs, JobDesk jobs, GrantDesk grants) {
        return new DeadRuns(runs, jobs, grants);
    }
}

package io.largesse.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Leaves a pool that cannot be trusted, voids what nobody holds of its codes, and fills a new one with as many fresh ones. */
@Configuration(proxyBeanMethods = false)
class RebuildPoolJobConfiguration {

    @Bean
    Job rebuildPool(JobRepository jobs, Step leavePool, Step openPool, Step pushCodes, Step finishRange) {
        return new JobBuilder("rebuild-pool", jobs)
                .start(leavePool)
                .next(openPool)
                .next(pushCodes)
                .next(finishRange)
                .build();
    }

    @Bean
    Step leavePool(JobRepository jobs, PlatformTransactionManager transactions, PoolRebuild rebuild, Fence fence) {
        return new StepBuilder("leave", jobs)
                .tasklet(new FencedTasklet(fence, rebuild::leave), transactions)
                .build();
    }

    @Bean
    Step openPool(JobRepository jobs, PlatformTransactionManager transactions, PoolRebuild rebuild, Fence fence) {
        return new StepBuilder("open", jobs)
                .tasklet(new FencedTasklet(fence, rebuild::open), transactions)
                .build();
    }
}

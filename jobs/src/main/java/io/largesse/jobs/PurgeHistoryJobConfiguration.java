package io.largesse.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets records of runs that are over, and lists that are older still. */
@Configuration(proxyBeanMethods = false)
class PurgeHistoryJobConfiguration {

    @Bean
    Job purgeHistory(JobRepository jobs, Step forgetHistory, Step forgetLists) {
        return new JobBuilder("purge-history", jobs)
                .start(forgetHistory)
                .next(forgetLists)
                .build();
    }

    @Bean
    Step forgetHistory(JobRepository jobs, HistoryPurge purge) {
        return new StepBuilder("purge", jobs).tasklet(purge::purge).build();
    }

    @Bean
    Step forgetLists(JobRepository jobs, HistoryPurge purge) {
        return new StepBuilder("lists", jobs).tasklet(purge::purgeLists).build();
    }
}

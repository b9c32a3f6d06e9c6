package io.largesse.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Compares both sides of the books. */
@Configuration(proxyBeanMethods = false)
class ReconcileJobConfiguration {

    @Bean
    Job reconcile(JobRepository jobs, Step compareBooks) {
        return new JobBuilder("reconcile", jobs).start(compareBooks).build();
    }

    @Bean
    Step compareBooks(JobRepository jobs, BookShelf shelf) {
        return new StepBuilder("compare", jobs).tasklet(shelf::compare).build();
    }
}

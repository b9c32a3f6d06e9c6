package io.largesse.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes user lists from the inbox in the object store, one grant each. */
@Configuration(proxyBeanMethods = false)
class TakeInboxJobConfiguration {

    @Bean
    Job takeInbox(JobRepository jobs, TakeInboxStep takeLists) {
        return new JobBuilder("take-inbox", jobs).start((Step) takeLists).build();
    }

    @Bean
    TakeInboxStep takeLists(JobRepository jobs, Inbox inbox) {
        return new TakeInboxStep(jobs, inbox);
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.ObjectStore;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/** The first half of a grant: read the lists, number the recipients, judge the result. Issues nothing. */
@Configuration(proxyBeanMethods = false)
class CheckGrantJobConfiguration {

    @Bean
    Job checkGrant(JobRepository jobs, Step prepareStage, Step stage, Step analyze, Step number, Step check) {
        return new JobBuilder("check-grant", jobs)
                .start(prepareStage)
                .next(stage)
                .next(analyze)
                .next(number)
                .next(check)
                .build();
    }

    @Bean
    Step prepareStage(JobRepository jobs, PlatformTransactionManager transactions, Lists lists, Fence fence) {
        return new StepBuilder("prepare", jobs)
                .tasklet(new FencedTasklet(fence, step -> lists.createStaging(Steps.grantOf(step))), transactions)
                .build();
    }

    @Bean
    Step stage(
            JobRepository jobs,
            PlatformTransactionManager transactions,
            ReadAhead<SourcePage> sourcePages,
            StageWriter stageWriter,
            Fence fence) {
        return new StepBuilder("stage", jobs)
                .<SourcePage, SourcePage>chunk(1)
                .transactionManager(transactions)
                .reader(sourcePages)
                .writer(stageWriter)
                .listener(fence)
                .interruptionPolicy(fence)
                .build();
    }

    @Bean
    @StepScope
    ReadAhead<SourcePage> sourcePages(
            @Value("#{jobParameters['grant']}") long grant,
            @Value("#{jobParameters['run']}") long run,
            Grants grants,
            Campaigns campaigns,
            ObjectStore store,
            JobSettings settings,
            LiveRuns live,
            TaskExecutor partitionExecutor) {
        var pages = new SourcePageReader(grant, grants, campaigns, store, settings, live.of(run));
        return new ReadAhead<>(pages, partitionExecutor);
    }

    @Bean
    @StepScope
    StageWriter stageWriter(
            @Value("#{jobParameters['grant']}") long grant,
            @Value("#{jobParameters['run']}") long run,
            Grants grants,
            DataSource dataSource,
            LiveRuns live) {
        return new StageWriter(grant, grants, dataSource, live.of(run));
    }

    @Bean
    Step analyze(JobRepository jobs, PlatformTransactionManager transactions, GrantCheck check, Fence fence) {
        return new StepBuilder("analyze", jobs)
                .tasklet(new FencedTasklet(fence, check::analyze), transactions)
                .build();
    }

    @Bean
    Step number(JobRepository jobs, PlatformTransactionManager transactions, GrantCheck check, Fence fence) {
        return new StepBuilder("number", jobs)
                .tasklet(new FencedTasklet(fence, check::number), transactions)
                .build();
    }

    @Bean
    Step check(JobRepository jobs, PlatformTransactionManager transactions, GrantCheck check, Fence fence) {
        return new StepBuilder("check", jobs)
                .tasklet(new FencedTasklet(fence, check::judge), transactions)
                .build();
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Allotments;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grants;
import io.largesse.coupons.IssueParts;
import io.largesse.coupons.Lists;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/** The second half of a grant: allot the codes, issue the coupons, settle, report. */
@Configuration(proxyBeanMethods = false)
class IssueGrantJobConfiguration {

    @Bean
    Job issueGrant(JobRepository jobs, Step allot, Step issue, Step complete, Step report) {
        return new JobBuilder("issue-grant", jobs)
                .start(allot)
                .next(issue)
                .next(complete)
                .next(report)
                .build();
    }

    /** Also on a restart: what stands in the stores decides what is left to do. */
    @Bean
    Step allot(JobRepository jobs, GrantIssue issue) {
        return new StepBuilder("allot", jobs)
                .tasklet(issue::allot)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    Step issue(
            JobRepository jobs,
            Partitioner issuePartitions,
            Step issuePartition,
            TaskExecutor partitionExecutor,
            JobSettings settings) {
        return new StepBuilder("issue", jobs)
                .partitioner("issue-part", issuePartitions)
                .partitionHandler(new JoiningPartitionHandler(issuePartition, partitionExecutor, settings.workers()))
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    Partitioner issuePartitions(
            @Value("#{jobParameters['grant']}") long grant,
            @Value("#{jobParameters['run']}") long run,
            IssueParts parts,
            LiveRuns live) {
        return workers -> {
            var named = Partitions.named(parts.of(grant));
            live.of(run).partitions(named.size());
            return named;
        };
    }

    /** A chunk is one page. Parts that are done are looked at again: their own record says it, not Spring Batch's. */
    @Bean
    Step issuePartition(
            JobRepository jobs,
            PlatformTransactionManager transactions,
            CouponPageReader couponPages,
            CouponWriter couponWriter,
            Fence fence,
            PartitionProgress partitionProgress) {
        return new StepBuilder("issue-part", jobs)
                .<CouponPage, CouponPage>chunk(1)
                .transactionManager(transactions)
                .reader(couponPages)
                .writer(couponWriter)
                .listener(fence)
                .interruptionPolicy(fence)
                .listener(partitionProgress)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    CouponPageReader couponPages(
            @Value("#{jobParameters['grant']}") long grant,
            @Value("#{stepExecution.stepName}") String partition,
            Grants grants,
            Lists lists,
            Allotments allotments,
            IssueParts parts,
            JobSettings settings) {
        var part = Partitions.find(partition, parts.of(grant));
        return new CouponPageReader(grants.find(grant), part, lists, allotments, settings.chunk());
    }

    @Bean
    @StepScope
    CouponWriter couponWriter(
            @Value("#{jobParameters['grant']}") long grantId,
            @Value("#{jobParameters['run']}") long run,
            Grants grants,
            Campaigns campaigns,
            IssueParts parts,
            DataSource dataSource,
            Clock clock,
            LiveRuns live) {
        var grant = grants.find(grantId);
        var campaign = campaigns.byId(grant.campaignId());
        return new CouponWriter(grant, campaign, parts, dataSource, clock, live.of(run));
    }

    @Bean
    Step complete(JobRepository jobs, PlatformTransactionManager transactions, GrantIssue issue, Fence fence) {
        return new StepBuilder("complete", jobs)
                .tasklet(new FencedTasklet(fence, issue::complete), transactions)
                .build();
    }

    @Bean
    Step report(JobRepository jobs, GrantIssue issue) {
        return new StepBuilder("report", jobs).tasklet(issue::report).build();
    }
}

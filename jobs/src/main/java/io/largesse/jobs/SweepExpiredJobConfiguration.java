package io.largesse.jobs;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Expirations;
import io.largesse.coupons.Runs;
import io.largesse.pools.Pools;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
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
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Looks through the coupon table in the order in which it is stored, some hundred pages a transaction. One part after the
 * other: PostgreSQL's log is what takes the time, and those who claim meanwhile write to it as well.
 */
@Configuration(proxyBeanMethods = false)
class SweepExpiredJobConfiguration {

    /** Coupons of a page that has room for their next versions. */
    private static final int COUPONS_OF_A_PAGE = 25;

    @Bean
    Job sweepExpired(JobRepository jobs, Step expire, LeavePoolsStep leavePools) {
        return new JobBuilder("sweep-expired", jobs)
                .start(expire)
                .next((Step) leavePools)
                .build();
    }

    @Bean
    LeavePoolsStep leavePools(
            JobRepository jobs,
            Campaigns campaigns,
            Pools pools,
            PoolDesk desk,
            Runs runs,
            LiveRuns live,
            Clock clock) {
        return new LeavePoolsStep(jobs, campaigns, pools, desk, runs, live, clock);
    }

    @Bean
    Step expire(JobRepository jobs, Partitioner expirePartitions, Step expirePart) {
        return new StepBuilder("expire", jobs)
                .partitioner("expire-part", expirePartitions)
                .partitionHandler(new JoiningPartitionHandler(expirePart, new SyncTaskExecutor(), 1))
                .build();
    }

    @Bean
    @StepScope
    Partitioner expirePartitions(
            @Value("#{jobParameters['run']}") long run,
            @Value("#{jobParameters['campaign']}") @Nullable Long campaign,
            Expirations expirations,
            LiveRuns live) {
        return workers -> {
            var parts = SweepPart.of(expirations.partitions(campaign));
            live.of(run).begin("expire", 0, 0);
            live.of(run).partitions(parts.size());
            return parts;
        };
    }

    @Bean
    Step expirePart(
            JobRepository jobs,
            PlatformTransactionManager transactions,
            SeqRangeReader sweptPages,
            CouponExpirer couponExpirer,
            Fence fence,
            PartitionProgress partitionProgress) {
        return new StepBuilder("expire-part", jobs)
                .<SeqRange, SeqRange>chunk(1)
                .transactionManager(transactions)
                .reader(sweptPages)
                .writer(couponExpirer)
                .listener(fence)
                .interruptionPolicy(fence)
                .listener(partitionProgress)
                .build();
    }

    @Bean
    @StepScope
    SeqRangeReader sweptPages(
            @Value("#{stepExecution.stepName}") String partition, Expirations expirations, JobSettings settings) {
        var part = SweepPart.named(partition)
                .within(expirations.pages(SweepPart.named(partition).partition()));
        return new SeqRangeReader(part.firstPage(), part.lastPage(), Math.max(1, settings.chunk() / COUPONS_OF_A_PAGE));
    }

    @Bean
    @StepScope
    CouponExpirer couponExpirer(
            @Value("#{jobParameters['run']}") long run,
            @Value("#{jobParameters['campaign']}") @Nullable Long campaign,
            @Value("#{jobParameters['cutoff']}") String cutoff,
            @Value("#{stepExecution.stepName}") String partition,
            Expirations expirations,
            LiveRuns live) {
        return new CouponExpirer(
                expirations, SweepPart.named(partition).partition(), campaign, Instant.parse(cutoff), live.of(run));
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.Grants;
import io.largesse.coupons.IssuePart;
import io.largesse.coupons.Revocations;
import java.util.List;
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

/** Takes a grant back: its unspent coupons range by range, then the codes that it has not issued; nothing may be left. */
@Configuration(proxyBeanMethods = false)
class RevokeGrantJobConfiguration {

    @Bean
    Job revokeGrant(JobRepository jobs, Step countRevoked, Step revoke, Step returnCodes, Step finishRevoke) {
        return new JobBuilder("revoke-grant", jobs)
                .start(countRevoked)
                .next(revoke)
                .next(returnCodes)
                .next(finishRevoke)
                .build();
    }

    @Bean
    Step countRevoked(JobRepository jobs, GrantRevoke revoke) {
        return new StepBuilder("count", jobs)
                .tasklet(revoke::count)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    Step revoke(
            JobRepository jobs,
            Partitioner revokePartitions,
            Step revokePartition,
            TaskExecutor partitionExecutor,
            JobSettings settings) {
        return new StepBuilder("revoke", jobs)
                .partitioner("revoke-part", revokePartitions)
                .partitionHandler(new JoiningPartitionHandler(revokePartition, partitionExecutor, settings.workers()))
                .build();
    }

    @Bean
    @StepScope
    Partitioner revokePartitions(
            @Value("#{jobParameters['grant']}") long grant,
            @Value("#{jobParameters['run']}") long run,
            Grants grants,
            LiveRuns live) {
        return workers -> {
            var parts = partitions(grants.find(grant));
            live.of(run).partitions(parts.size());
            return Partitions.named(parts);
        };
    }

    /** Of recipients: neighbours in the order of users are neighbours in the index that finds their coupons. */
    private static List<IssuePart> partitions(Grant grant) {
        return Partitions.of(grant.recipients() == null ? 0 : grant.recipients());
    }

    @Bean
    Step revokePartition(
            JobRepository jobs,
            PlatformTransactionManager transactions,
            SeqRangeReader seqRanges,
            CouponRevoker couponRevoker,
            Fence fence,
            PartitionProgress partitionProgress) {
        return new StepBuilder("revoke-part", jobs)
                .<SeqRange, SeqRange>chunk(1)
                .transactionManager(transactions)
                .reader(seqRanges)
                .writer(couponRevoker)
                .listener(fence)
                .interruptionPolicy(fence)
                .listener(partitionProgress)
                .build();
    }

    @Bean
    @StepScope
    SeqRangeReader seqRanges(
            @Value("#{jobParameters['grant']}") long grant,
            @Value("#{stepExecution.stepName}") String partition,
            Grants grants,
            JobSettings settings) {
        var found = grants.find(grant);
        var part = Partitions.find(partition, partitions(found));
        var size = Math.max(1, settings.chunk() / found.quantity());
        return new SeqRangeReader(part.first(), part.last(), size);
    }

    @Bean
    @StepScope
    CouponRevoker couponRevoker(
            @Value("#{jobParameters['grant']}") long grant,
            @Value("#{jobParameters['run']}") long run,
            Grants grants,
            Revocations revocations,
            LiveRuns live) {
        return new CouponRevoker(grants.find(grant), revocations, live.of(run));
    }

    /** Block by block, each in a transaction of its own. */
    @Bean
    Step returnCodes(JobRepository jobs, GrantRevoke revoke) {
        return new StepBuilder("return", jobs).tasklet(revoke::returnCodes).build();
    }

    @Bean
    Step finishRevoke(JobRepository jobs, PlatformTransactionManager transactions, GrantRevoke revoke, Fence fence) {
        return new StepBuilder("finish", jobs)
                .tasklet(new FencedTasklet(fence, revoke::finish), transactions)
                .build();
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CodeMint;
import io.largesse.coupons.CodeRanges;
import io.largesse.pools.Pools;
import io.largesse.pools.ShardRange;
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

/** Takes a piece of the stock, gives it serials, and pushes their codes into the pool, a part for each shard. */
@Configuration(proxyBeanMethods = false)
class GenerateCodesJobConfiguration {

    /** Blocks of codes between two records of Spring Batch. */
    private static final int BLOCKS_OF_A_CHUNK = 4;

    @Bean
    Job generateCodes(JobRepository jobs, Step reserveSerials, Step pushCodes, Step finishRange) {
        return new JobBuilder("generate-codes", jobs)
                .start(reserveSerials)
                .next(pushCodes)
                .next(finishRange)
                .build();
    }

    @Bean
    Step reserveSerials(JobRepository jobs, PlatformTransactionManager transactions, CodeRun codes, Fence fence) {
        return new StepBuilder("reserve", jobs)
                .tasklet(new FencedTasklet(fence, codes::reserve), transactions)
                .build();
    }

    @Bean
    Step pushCodes(
            JobRepository jobs,
            Partitioner pushPartitions,
            Step pushPart,
            TaskExecutor partitionExecutor,
            JobSettings settings) {
        return new StepBuilder("push", jobs)
                .partitioner("push-part", pushPartitions)
                .step(pushPart)
                .taskExecutor(partitionExecutor)
                .gridSize(settings.workers())
                .build();
    }

    @Bean
    @StepScope
    Partitioner pushPartitions(@Value("#{jobParameters['run']}") long run, CodeRun codes) {
        return workers -> codes.partitions(run);
    }

    @Bean
    Step pushPart(
            JobRepository jobs,
            PlatformTransactionManager transactions,
            SerialBlockReader serialBlocks,
            PoolWriter poolWriter,
            Fence fence,
            PartitionProgress partitionProgress) {
        return new StepBuilder("push-part", jobs)
                .<SerialBlock, SerialBlock>chunk(BLOCKS_OF_A_CHUNK)
                .transactionManager(transactions)
                .reader(serialBlocks)
                .writer(poolWriter)
                .listener(fence)
                .interruptionPolicy(fence)
                .listener(partitionProgress)
                .build();
    }

    @Bean
    @StepScope
    SerialBlockReader serialBlocks(
            @Value("#{jobParameters['run']}") long run,
            @Value("#{stepExecution.stepName}") String partition,
            CodeRanges ranges,
            CodeRun codes,
            Campaigns campaigns,
            Pools pools,
            LiveRuns live) {
        var range = ranges.ofRun(run);
        var context = Partitions.named(partition, codes.parts(range));
        var part = new ShardRange(
                range.id(),
                context.getInt("shard"),
                context.getLong(Partitions.FIRST),
                context.getLong(Partitions.LAST));
        return new SerialBlockReader(pools, campaigns.byId(range.campaignId()).pool(), part, live.of(run));
    }

    @Bean
    @StepScope
    PoolWriter poolWriter(
            @Value("#{jobParameters['run']}") long run,
            CodeRanges ranges,
            Campaigns campaigns,
            Pools pools,
            CodeKeys keys,
            LiveRuns live) {
        var range = ranges.ofRun(run);
        var mint = CodeMint.of(range.codeFormat(), range.prefix(), range.date(), keys);
        return new PoolWriter(pools, campaigns.byId(range.campaignId()).pool(), mint, live.of(run));
    }

    @Bean
    Step finishRange(JobRepository jobs, PlatformTransactionManager transactions, CodeRun codes, Fence fence) {
        return new StepBuilder("finish", jobs)
                .tasklet(new FencedTasklet(fence, codes::finish), transactions)
                .build();
    }
}

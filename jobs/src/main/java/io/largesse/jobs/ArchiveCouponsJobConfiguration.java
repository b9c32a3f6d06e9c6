package io.largesse.jobs;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;

/** Coupons that nothing happens to any more leave the table: first all are exported and read back, then they are deleted. */
@Configuration(proxyBeanMethods = false)
class ArchiveCouponsJobConfiguration {

    @Bean
    Job archiveCoupons(
            JobRepository jobs,
            Step cleanBefore,
            Step takeOutRestored,
            Step exportCoupons,
            Step removeCoupons,
            Step cleanAfter) {
        return new JobBuilder(ArchiveDesk.JOB, jobs)
                .start(cleanBefore)
                .next(takeOutRestored)
                .next(exportCoupons)
                .next(removeCoupons)
                .next(cleanAfter)
                .build();
    }

    @Bean
    Step cleanBefore(JobRepository jobs, ArchiveWork work, Fence fence) {
        return step("clean-before", jobs, fence, work::clean);
    }

    @Bean
    Step takeOutRestored(JobRepository jobs, ArchiveWork work, Fence fence) {
        return step("take-out", jobs, fence, work::takeOut);
    }

    @Bean
    Step exportCoupons(
            JobRepository jobs,
            Partitioner archiveParts,
            Step exportPart,
            TaskExecutor partitionExecutor,
            JobSettings settings) {
        return new StepBuilder("export", jobs)
                .partitioner("export-part", archiveParts)
                .partitionHandler(new JoiningPartitionHandler(exportPart, partitionExecutor, settings.workers()))
                .build();
    }

    @Bean
    @StepScope
    Partitioner archiveParts(
            @Value("#{jobParameters['run']}") long run,
            @Value("#{jobParameters['campaign']}") @Nullable Long campaign,
            ArchiveWork work,
            LiveRuns live) {
        return workers -> {
            var parts = ArchivePart.of(work.partitions(campaign));
            live.of(run).begin("export", 0, 0);
            live.of(run).partitions(parts.size());
            return parts;
        };
    }

    @Bean
    Step exportPart(JobRepository jobs, ArchiveWork work, Fence fence, PartitionProgress partitionProgress) {
        return new StepBuilder("export-part", jobs)
                .tasklet(tasklet(work::exportPart))
                .listener((StepExecutionListener) fence)
                .listener(partitionProgress)
                .build();
    }

    @Bean
    Step removeCoupons(
            JobRepository jobs,
            Partitioner archivePartitions,
            Step removePart,
            TaskExecutor partitionExecutor,
            JobSettings settings) {
        return new StepBuilder("remove", jobs)
                .partitioner("remove-part", archivePartitions)
                .partitionHandler(new JoiningPartitionHandler(removePart, partitionExecutor, settings.workers()))
                .build();
    }

    @Bean
    @StepScope
    Partitioner archivePartitions(
            @Value("#{jobParameters['run']}") long run,
            @Value("#{jobParameters['campaign']}") @Nullable Long campaign,
            ArchiveWork work,
            LiveRuns live) {
        return workers -> {
            var partitions = new LinkedHashMap<String, ExecutionContext>();
            for (var partition : work.partitions(campaign)) {
                partitions.put(partition.name(), new ExecutionContext());
            }
            live.of(run).begin("remove", 0, 0);
            live.of(run).partitions(partitions.size());
            return partitions;
        };
    }

    @Bean
    Step removePart(JobRepository jobs, ArchiveWork work, Fence fence, PartitionProgress partitionProgress) {
        return new StepBuilder("remove-part", jobs)
                .tasklet(tasklet(work::removePartition))
                .listener((StepExecutionListener) fence)
                .listener(partitionProgress)
                .build();
    }

    @Bean
    Step cleanAfter(JobRepository jobs, ArchiveWork work, Fence fence) {
        return step("clean-after", jobs, fence, work::clean);
    }

    private static Step step(String name, JobRepository jobs, Fence fence, Work work) {
        return new StepBuilder(name, jobs)
                .tasklet(tasklet(work))
                .listener((StepExecutionListener) fence)
                .build();
    }

    private static Tasklet tasklet(Work work) {
        return (contribution, context) -> {
            work.of(contribution.getStepExecution());
            return RepeatStatus.FINISHED;
        };
    }

    private interface Work {
        void of(StepExecution step) throws Exception;
    }
}

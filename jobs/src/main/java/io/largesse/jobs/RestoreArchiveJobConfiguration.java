package io.largesse.jobs;

import java.util.LinkedHashMap;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;

/** Archived coupons come into their table again for a while, object by object. */
@Configuration(proxyBeanMethods = false)
class RestoreArchiveJobConfiguration {

    @Bean
    Job restoreArchive(JobRepository jobs, Step restoreCoupons) {
        return new JobBuilder(RestoreArchiveDesk.JOB, jobs)
                .start(restoreCoupons)
                .build();
    }

    @Bean
    Step restoreCoupons(
            JobRepository jobs,
            Partitioner archiveObjects,
            Step restoreObject,
            TaskExecutor partitionExecutor,
            JobSettings settings) {
        return new StepBuilder("restore", jobs)
                .partitioner("restore-object", archiveObjects)
                .partitionHandler(new JoiningPartitionHandler(restoreObject, partitionExecutor, settings.workers()))
                .build();
    }

    @Bean
    @StepScope
    Partitioner archiveObjects(
            @Value("#{jobParameters['run']}") long run,
            @Value("#{jobParameters['request']}") String request,
            ArchiveReader reader,
            LiveRuns live) {
        return workers -> {
            var objects = new LinkedHashMap<String, ExecutionContext>();
            for (var object : reader.objects(RestoreRequest.parse(request).wanted())) {
                objects.put(Long.toString(object.id()), new ExecutionContext());
            }
            live.of(run).begin("restore", 0, 0);
            live.of(run).partitions(objects.size());
            return objects;
        };
    }

    @Bean
    Step restoreObject(JobRepository jobs, ObjectRestore restore, Fence fence, PartitionProgress partitionProgress) {
        return new StepBuilder("restore-object", jobs)
                .tasklet((contribution, context) -> {
                    restore.restore(contribution.getStepExecution());
                    return RepeatStatus.FINISHED;
                })
                .listener((StepExecutionListener) fence)
                .listener(partitionProgress)
                .build();
    }
}

package io.largesse.jobs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.TaskRejectedException;

/**
 * Works on the partitions of a step side by side, and ends when all of them have ended. The one of Spring Batch ends with the
 * first that cannot even record its failure, as when the database dies: the others would go on beside the restart.
 */
final class JoiningPartitionHandler extends AbstractPartitionHandler {

    private final Step step;
    private final TaskExecutor executor;

    /** @param workers how many partitions are worked on at once; a hint to the partitioner only */
    JoiningPartitionHandler(Step step, TaskExecutor executor, int workers) {
        this.step = step;
        this.executor = executor;
        setGridSize(workers);
    }

    @Override
    protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> partitions) throws Exception {
        var tasks = new ArrayList<FutureTask<StepExecution>>();
        Exception failure = null;
        try {
            for (var partition : partitions) {
                var task = new FutureTask<>(() -> {
                    step.execute(partition);
                    return partition;
                });
                executor.execute(task);
                tasks.add(task);
            }
        } catch (TaskRejectedException e) {
            failure = e; // those that were begun are waited for all the same
        }
        var done = new LinkedHashSet<StepExecution>();
        for (var task : tasks) {
            try {
                done.add(join(task));
            } catch (ExecutionException | CancellationException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return done;
    }

    /** Whoever interrupts this thread does not end the partitions. */
    private static StepExecution join(FutureTask<StepExecution> task) throws ExecutionException {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

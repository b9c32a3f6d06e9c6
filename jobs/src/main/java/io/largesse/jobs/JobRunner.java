package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.FencedException;
import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.pools.PoolsUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Runs jobs: takes the lease, repairs what a dead owner left, lets Spring Batch work, and says how it ended. */
@Component
class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private static final int MOST_REPAIRS = 10;
    private static final long FIRST_TOKEN = 1;

    private final JobOperator operator;
    private final JobRepository jobs;
    private final DeadExecutions dead;
    private final Runs runs;
    private final LiveRuns live;
    private final PoolsWait poolsWait;
    private final ProcessName self;
    private final TransactionOperations transactions;

    JobRunner(
            JobOperator operator,
            JobRepository jobs,
            DeadExecutions dead,
            Runs runs,
            LiveRuns live,
            PoolsWait poolsWait,
            ProcessName self,
            TransactionOperations transactions) {
        this.operator = operator;
        this.jobs = jobs;
        this.dead = dead;
        this.runs = runs;
        this.live = live;
        this.poolsWait = poolsWait;
        this.self = self;
        this.transactions = transactions;
    }

    /** A fresh run. Refused while another run of this job works on the subject. */
    RunHold start(RunSpec spec, Actor by) {
        return runs.start(spec, by, self.value());
    }

    /** Goes on with a run that stopped or failed; waits for the lease of an owner that fell silent. */
    RunHold takeOver(Run run, Consumer<RunProgress> listener) {
        return new LeaseWait(runs, listener).takeOver(run, self.value());
    }

    /**
     * Works in the calling thread until the job is done, stopped, refused or failed.
     *
     * @param identifying the parameters that make the job's instance
     * @param settle what the end means for the run's subject, in the transaction that ends the run; not called if another
     *     process has taken the run over
     */
    RunOutcome run(
            Job job,
            RunHold hold,
            JobParameters identifying,
            Consumer<RunProgress> listener,
            Consumer<RunOutcome> settle) {
        var progress = live.begin(hold, listener);
        var outcome = new RunOutcome(hold.run(), RunState.FAILED, Message.of("jobs.run.broken", hold.run()));
        try (var heartbeat = new Heartbeat(runs, hold, progress)) {
            dead.recover(job.getName(), identifying);
            var parameters = new JobParametersBuilder(identifying)
                    .addLong(Fence.RUN, hold.run(), identifying.getLong(Fence.RUN) != null)
                    .addLong(Fence.TOKEN, hold.token(), false)
                    .toJobParameters();
            outcome = outcome(hold, work(job, hold, progress, identifying, parameters));
        } catch (StopRequestedException e) {
            outcome = new RunOutcome(hold.run(), RunState.STOPPED, null);
        } catch (JobInstanceAlreadyCompleteException e) {
            outcome = new RunOutcome(hold.run(), RunState.DONE, null); // it died between its end and the end of its run
        } catch (Exception e) {
            LOG.error("run {} of {} could not be started or carried on; it may be restarted", hold.run(), job, e);
            outcome = failed(hold, List.of(e));
        } finally {
            outcome = end(hold, progress, outcome, settle);
            live.end(hold, progress);
        }
        return outcome;
    }

    /** As often as it takes: codes that came back while they were issued are replaced, and a Redis that is away is waited for. */
    private JobExecution work(
            Job job, RunHold hold, Progress progress, JobParameters identifying, JobParameters parameters)
            throws Exception {
        var execution = operator.start(job, parameters);
        for (int repairs = 0, refusals = 0; repairs < MOST_REPAIRS && refusals < MOST_REPAIRS; ) {
            if (failedFor(execution, PoolsUnavailableException.class)) {
                LOG.warn("run {}: Redis does not answer; it waits, and goes on", hold.run());
                // one that answers, and refuses the same again and again, is not waited for without end
                refusals = poolsWait.await(hold, progress) ? 0 : refusals + 1;
            } else if (failedFor(execution, CodeInUseException.class)) {
                LOG.warn("run {}: a code came back while it was issued; it is replaced, and it goes on", hold.run());
                repairs++;
            } else {
                return execution;
            }
            dead.recover(job.getName(), identifying);
            execution = operator.start(job, parameters);
        }
        return execution;
    }

    private static boolean failedFor(JobExecution execution, Class<? extends Throwable> reason) {
        return execution.getStatus() == BatchStatus.FAILED
                && execution.getAllFailureExceptions().stream().anyMatch(f -> cause(f, reason) != null);
    }

    /** How it ended is for the owner to say: whoever lost the run meanwhile knows only that. */
    private RunOutcome end(RunHold hold, Progress progress, RunOutcome outcome, Consumer<RunOutcome> settle) {
        var why = outcome.why() == null ? null : Messages.text(outcome.why(), Locale.ENGLISH);
        try {
            var mine = transactions.execute(tx -> {
                runs.beat(hold, progress.now()); // how far it came
                var ended = runs.end(hold, outcome.state(), why);
                if (ended) {
                    settle.accept(outcome);
                }
                return ended;
            });
            if (!Boolean.TRUE.equals(mine)) {
                LOG.warn("run {} was taken over by another process before this one ended it", hold.run());
                return RunOutcome.takenOver(hold.run());
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "the end of run {} could not be recorded; it may be restarted once its lease is over",
                    hold.run(),
                    e);
            return new RunOutcome(hold.run(), RunState.FAILED, Message.of("jobs.run.broken", hold.run()));
        }
        return outcome;
    }

    private RunOutcome outcome(RunHold hold, JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return done(hold, execution);
        }
        if (execution.getStatus() == BatchStatus.STOPPED) {
            return new RunOutcome(hold.run(), RunState.STOPPED, null);
        }
        var failures = execution.getAllFailureExceptions();
        var refusal = failures.stream()
                .map(f -> cause(f, RefusedException.class))
                .filter(java.util.Objects::nonNull)
                .findFirst();
        return refusal.isPresent()
                ? new RunOutcome(hold.run(), RunState.REFUSED, refusal.get().why())
                : failed(hold, failures);
    }

    private RunOutcome done(RunHold hold, JobExecution execution) {
        var remarks = remarks(hold, execution);
        return new RunOutcome(
                hold.run(), RunState.DONE, remarks.isEmpty() ? null : Message.of("jobs.run.remarks", remarks));
    }

    /** Also of earlier attempts: what is done is not done again. */
    private String remarks(RunHold hold, JobExecution execution) {
        try {
            return Remarks.of(
                    hold.token() == FIRST_TOKEN
                            ? List.of(execution)
                            : jobs.getJobExecutions(execution.getJobInstance()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "what earlier attempts of run {} have to tell is not known; it is done all the same",
                    hold.run(),
                    e);
            return Remarks.of(List.of(execution));
        }
    }

    private static RunOutcome failed(RunHold hold, List<? extends Throwable> failures) {
        for (var failure : failures) {
            if (cause(failure, FencedException.class) != null) {
                return RunOutcome.takenOver(hold.run());
            }
        }
        var what = failures.stream()
                .filter(failure -> !(failure instanceof JobExecutionException)) // that a partition failed, not why
                .findFirst()
                .map(JobRunner::words)
                .orElse("?");
        return new RunOutcome(hold.run(), RunState.FAILED, Message.of("jobs.run.failed", hold.run(), what));
    }

    /** What went wrong in the first place; the object store says in words what is wrong with it, and what to do. */
    static String words(Throwable failure) {
        var first = failure;
        while (first.getCause() != null && !(first instanceof IOException)) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage());
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** The books that runs of this process look at, one campaign after the other. */
@Component
class BookShelf {

    private final Reconciler reconciler;
    private final LiveRuns live;
    private final Runs runs;
    private final Map<Long, Question> questions = new ConcurrentHashMap<>();

    BookShelf(Reconciler reconciler, LiveRuns live, Runs runs) {
        this.reconciler = reconciler;
        this.live = live;
        this.runs = runs;
    }

    void ask(long run, List<Campaign> campaigns, Consumer<Books> found) {
        questions.put(run, new Question(campaigns, found));
    }

    void clear(long run) {
        questions.remove(run);
    }

    /** Tells the books of each campaign. Fails in the end if some do not balance, so that nobody takes the run for a success. */
    @Nullable
    RepeatStatus compare(StepContribution contribution, ChunkContext context) {
        var step = contribution.getStepExecution();
        var run = Steps.runOf(step);
        var hold = Fence.holdOf(step.getJobExecution().getJobParameters());
        var question = Objects.requireNonNull(questions.get(run));
        var progress = live.of(run);
        progress.begin("compare", 0, question.campaigns.size());
        var wrong = new ArrayList<String>();
        for (var campaign : question.campaigns) {
            if (runs.fence(hold)) {
                step.setTerminateOnly();
                return RepeatStatus.FINISHED;
            }
            var books = reconciler.books(campaign);
            question.found.accept(books);
            if (!books.balance()) {
                wrong.add(books.campaign());
            }
            progress.add(1);
        }
        if (!wrong.isEmpty()) {
            var names = String.join(", ", wrong);
            throw new IllegalStateException(Messages.text(Message.of("jobs.books.wrong", names), Locale.ENGLISH));
        }
        return RepeatStatus.FINISHED;
    }

    private record Question(List<Campaign> campaigns, Consumer<Books> found) {}
}

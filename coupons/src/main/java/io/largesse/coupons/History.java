package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records of runs that are over, to be forgotten some at a time. What is unfinished stays, and so do runs of grants. */
@Component
public class History {

    private static final int MOST = 500;

    private final HistoryMapper history;

    History(HistoryMapper history) {
        this.history = history;
    }

    /** The next executions of Spring Batch, by their ids, that nobody needs any more; at most 500. */
    public List<Long> executions(long after, Instant before) {
        return history.executions(after, before, MOST);
    }

    /** Forgets executions, and the instances that have none left. */
    @Transactional
    public void forget(List<Long> executions) {
        var instances = history.instances(executions);
        history.deleteExecutions(executions);
        history.deleteInstances(instances);
    }

    /** @return how many were forgotten, at most 500 */
    @Transactional
    public int forgetRuns(Instant before) {
        return history.deleteRuns(before, MOST);
    }

    /** Times of schedules. @return how many were forgotten, at most 500 */
    @Transactional
    public int forgetFires(Instant before) {
        return history.deleteFires(before, MOST);
    }
}

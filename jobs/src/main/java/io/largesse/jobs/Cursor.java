package io.largesse.jobs;

import java.util.HashMap;
import java.util.Map;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A reader's position in its execution context. Spring Batch saves the context with the chunk, but if the chunk is rolled
 * back it saves the same context once more, with the position beyond the rows that were never written; so a rollback
 * takes the position back. If the outcome of the commit is unknown it is taken back too: had the commit succeeded, the
 * version of the step's row keeps that context from being saved.
 */
final class Cursor {

    private Cursor() {}

    static void put(ExecutionContext context, Map<String, Long> position) {
        var before = new HashMap<String, Object>();
        position.keySet().forEach(key -> before.put(key, context.get(key)));
        position.forEach(context::putLong);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    if (status != STATUS_COMMITTED) {
                        before.forEach(context::put);
                    }
                }
            });
        }
    }
}

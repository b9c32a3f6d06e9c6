package io.largesse.jobs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads the next item in another thread while the last one is written. Two items are in memory at a time. */
class ReadAhead<T> implements ItemStreamReader<T> {

    private final ItemStreamReader<T> source;
    private final Executor executor;
    private CompletableFuture<@Nullable T> next = CompletableFuture.completedFuture(null);

    ReadAhead(ItemStreamReader<T> source, Executor executor) {
        this.source = source;
        this.executor = executor;
    }

    @Override
    public void open(ExecutionContext context) {
        source.open(context);
        next = readLater();
    }

    @Override
    public @Nullable T read() throws Exception {
        try {
            var item = next.join();
            if (item != null) {
                next = readLater();
            }
            return item;
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    @Override
    public void close() {
        // whatever it brings now is of no use, but its thread must not read on in what is about to be closed
        next.handle((item, failure) -> true).join();
        source.close();
    }

    private CompletableFuture<@Nullable T> readLater() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return source.read();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }
}

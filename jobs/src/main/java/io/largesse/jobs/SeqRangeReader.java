package io.largesse.jobs;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Cuts the recipients {@code first} to {@code last} into ranges, each of them the work of one transaction. */
class SeqRangeReader implements ItemStreamReader<SeqRange> {

    private static final String NEXT = "next";

    private final long first;
    private final long last;
    private final long size;
    private long next;

    SeqRangeReader(long first, long last, long size) {
        this.first = first;
        this.last = last;
        this.size = size;
    }

    @Override
    public void open(ExecutionContext context) {
        next = context.getLong(NEXT, first);
    }

    @Override
    public @Nullable SeqRange read() {
        if (next > last) {
            return null;
        }
        var range = new SeqRange(next, Math.min(last, next + size - 1));
        next = range.last() + 1;
        return range;
    }

    @Override
    public void update(ExecutionContext context) {
        Cursor.put(context, Map.of(NEXT, next));
    }
}

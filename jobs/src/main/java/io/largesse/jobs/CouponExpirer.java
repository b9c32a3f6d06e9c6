package io.largesse.jobs;

import io.largesse.coupons.Expirations;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Marks the coupons of some pages as expired, in the chunk's transaction. */
class CouponExpirer implements ItemWriter<SeqRange> {

    private final Expirations expirations;
    private final String partition;
    private final @Nullable Long campaign;
    private final Instant cutoff;
    private final Progress progress;

    CouponExpirer(
            Expirations expirations, String partition, @Nullable Long campaign, Instant cutoff, Progress progress) {
        this.expirations = expirations;
        this.partition = partition;
        this.campaign = campaign;
        this.cutoff = cutoff;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends SeqRange> chunk) {
        for (var pages : chunk) {
            progress.addOnCommit(expirations.expire(partition, pages.first(), pages.last(), campaign, cutoff));
        }
    }
}

package io.largesse.jobs;

import io.largesse.coupons.CodeMint;
import io.largesse.coupons.RefusedException;
import io.largesse.pools.Pools;
import io.largesse.pools.Push;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Makes the codes of serials and pushes them into their shard; a repeated push adds nothing. */
class PoolWriter implements ItemWriter<SerialBlock> {

    private final Pools pools;
    private final long pool;
    private final CodeMint mint;
    private final Progress progress;

    PoolWriter(Pools pools, long pool, CodeMint mint, Progress progress) {
        this.pools = pools;
        this.pool = pool;
        this.mint = mint;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends SerialBlock> chunk) {
        for (var block : chunk) {
            var codes = mint.packed(block.first(), block.count());
            if (pools.push(pool, block.part(), block.first(), codes) instanceof Push.Closed) {
                throw RefusedException.of("jobs.codes.gate-closed");
            }
            progress.add(block.count());
        }
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.Revocations;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Takes the unspent coupons of recipients back, in the chunk's transaction. What is spent meanwhile stays spent. */
class CouponRevoker implements ItemWriter<SeqRange> {

    private final Grant grant;
    private final Revocations revocations;
    private final Progress progress;

    CouponRevoker(Grant grant, Revocations revocations, Progress progress) {
        this.grant = grant;
        this.revocations = revocations;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends SeqRange> chunk) {
        for (var range : chunk) {
            var revoked = revocations.revoke(grant, range.first(), range.last());
            var most = (range.last() - range.first() + 1) * grant.quantity();
            if (revoked > most) {
                throw new IllegalStateException("grant " + grant.id() + ", recipients " + range.first() + " to "
                        + range.last() + ": " + revoked + " coupons instead of at most " + most
                        + "; none of them is taken back");
            }
            progress.addOnCommit(revoked);
        }
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Allotments;
import io.largesse.coupons.Grant;
import io.largesse.coupons.IssuePart;
import io.largesse.coupons.Lists;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Brings recipients and codes together, a page at a time. Position p is coupon (p - 1) mod quantity + 1 of recipient
 * (p - 1) / quantity + 1. Where to go on is not kept here but in the part, which moves on with the coupons.
 */
class CouponPageReader implements ItemReader<CouponPage> {

    private final Grant grant;
    private final IssuePart part;
    private final Lists lists;
    private final Allotments allotments;
    private final int pageSize;
    private long next;

    CouponPageReader(Grant grant, IssuePart part, Lists lists, Allotments allotments, int pageSize) {
        this.grant = grant;
        this.part = part;
        this.lists = lists;
        this.allotments = allotments;
        this.pageSize = pageSize;
        this.next = part.next();
    }

    @Override
    public @Nullable CouponPage read() {
        if (next > part.last()) {
            return null;
        }
        var to = Math.min(part.last(), next + pageSize - 1);
        var codes = allotments.codes(grant.id(), next, to);
        var users = lists.users(grant.id(), grant.recipientAt(next), grant.recipientAt(to));
        if (codes.size() != to - next + 1 || users.size() != grant.recipientAt(to) - grant.recipientAt(next) + 1) {
            throw new IllegalStateException("grant " + grant.id() + ", positions " + next + " to " + to + ": "
                    + codes.size() + " codes and " + users.size() + " recipients; nothing of it is issued");
        }
        var page = new CouponPage(part.part(), next, codes, users);
        next = page.next();
        return page;
    }
}

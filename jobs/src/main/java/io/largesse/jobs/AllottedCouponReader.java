package io.largesse.jobs;

import io.largesse.coupons.Allotments;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Lists;
import io.largesse.coupons.Recipient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Brings recipients and codes together, for the positions {@code first} to {@code last} of a grant. Position p is coupon
 * (p - 1) mod quantity + 1 of recipient (p - 1) / quantity + 1. A page is read at a time, by keyset.
 */
class AllottedCouponReader implements ItemStreamReader<NewCoupon> {

    private static final String NEXT = "next";

    private final Grant grant;
    private final Lists lists;
    private final Allotments allotments;
    private final long first;
    private final long last;
    private final int pageSize;

    private List<Recipient> recipients = List.of();
    private List<String> codes = List.of();
    private long pageFirst;
    private long next;

    AllottedCouponReader(Grant grant, Lists lists, Allotments allotments, long first, long last, int pageSize) {
        this.grant = grant;
        this.lists = lists;
        this.allotments = allotments;
        this.first = first;
        this.last = last;
        this.pageSize = pageSize;
    }

    @Override
    public void open(ExecutionContext context) {
        next = context.getLong(NEXT, first);
        codes = List.of();
        pageFirst = next;
    }

    @Override
    public @Nullable NewCoupon read() {
        if (next > last) {
            return null;
        }
        if (next >= pageFirst + codes.size()) {
            readPage();
        }
        var code = codes.get((int) (next - pageFirst));
        var recipient = recipients.get((int) (seq(next) - seq(pageFirst)));
        var ordinal = (int) ((next - 1) % grant.quantity()) + 1;
        return new NewCoupon(next++, recipient.userId(), ordinal, code);
    }

    @Override
    public void update(ExecutionContext context) {
        Cursor.put(context, Map.of(NEXT, next));
    }

    private void readPage() {
        var to = Math.min(last, next + pageSize - 1);
        var recipientCount = (int) (seq(to) - seq(next) + 1);
        pageFirst = next;
        codes = allotments.codes(grant.id(), next, to);
        recipients = lists.page(grant.id(), seq(next) - 1, seq(to), recipientCount);
        if (codes.size() != to - next + 1 || recipients.size() != recipientCount) {
            throw new IllegalStateException("grant " + grant.id() + ", positions " + next + " to " + to + ": "
                    + codes.size() + " codes and " + recipients.size() + " recipients; nothing of it is issued");
        }
    }

    private long seq(long position) {
        return (position - 1) / grant.quantity() + 1;
    }
}

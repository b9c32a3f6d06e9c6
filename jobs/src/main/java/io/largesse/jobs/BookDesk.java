package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import org.springframework.stereotype.Component;

/** What operators ask about books that may not balance. */
@Component
public class BookDesk {

    private final Reconciler reconciler;

    BookDesk(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    /** The campaign's books as they are. Changes nothing and stops nobody; some seconds for a million codes. */
    public Books books(Campaign campaign) {
        return reconciler.books(campaign);
    }
}

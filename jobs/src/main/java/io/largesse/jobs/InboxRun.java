package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.RunHold;
import org.jspecify.annotations.Nullable;

/**
 * A run of take-inbox.
 *
 * @param by whoever started it; what it asks of grants is its own request
 * @param campaign the name of the only campaign whose lists are taken; null for all
 */
record InboxRun(RunHold hold, Actor by, @Nullable String campaign) {

    /** What the names begin with of the objects that are looked at. */
    String prefix() {
        return campaign == null ? InboxName.FOLDER : InboxName.FOLDER + campaign + "/";
    }
}

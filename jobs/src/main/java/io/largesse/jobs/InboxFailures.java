package io.largesse.jobs;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong in a run of take-inbox and was no list's fault. One list does not keep the others waiting; three that fail in
 * succession do, since the object store or the database will be away.
 */
final class InboxFailures {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFailures.class);
    private static final int MOST_IN_SUCCESSION = 3;

    private int all;
    private int inSuccession;
    private @Nullable String first;

    void none() {
        inSuccession = 0;
    }

    void add(String key, Exception why) {
        LOG.error("{} was not taken or not moved; the next run, or a restart of this one, goes on with it", key, why);
        all++;
        inSuccession++;
        if (first == null) {
            first = key + ": " + JobRunner.words(why);
        }
        if (inSuccession == MOST_IN_SUCCESSION) {
            throwIfAny();
        }
    }

    /** So that whoever looks at runs sees it. */
    void throwIfAny() {
        if (all > 0) {
            throw new InboxFailedException(all + " failed in the inbox; the first is " + first);
        }
    }
}

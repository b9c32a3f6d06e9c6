package io.largesse.embedded;

import java.nio.file.Path;
import java.util.List;

/** What became of a request to stop the services. */
public sealed interface StopOutcome {

    /** They ran and are stopped now. */
    record Stopped() implements StopOutcome {}

    /** They did not run. */
    record NotRunning() implements StopOutcome {}

    /** They run on, since these processes use them (one process id for each use). */
    record InUse(List<Long> pids) implements StopOutcome {
        public InUse {
            pids = List.copyOf(pids);
        }
    }

    /** They were asked to stop and had not done so within the time; the log tells more. */
    record StillStopping(Path log) implements StopOutcome {}
}

package io.largesse.coupons;

import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What must stay as it is while an installation lives. */
@Component
public class Installation {

    private final InstallationMapper installation;
    private final Clock clock;

    Installation(InstallationMapper installation, Clock clock) {
        this.installation = installation;
        this.clock = clock;
    }

    /** Records the number of shards the first time; refuses any other from then on. */
    @Transactional
    public void requireShards(int shards) {
        if (installation.shards() == null) {
            installation.record(shards, clock.instant());
        }
        var recorded = Objects.requireNonNull(installation.shards());
        if (recorded != shards) {
            throw RefusedException.of("coupons.installation.shards", shards, recorded);
        }
    }
}

package io.largesse.coupons;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens when PostgreSQL was restored to an older moment. Redis and users know what was done since: ids, serials and
 * numbers that may have been used go to nobody else.
 */
@Component
public class Restorations {

    /** No installation makes as many campaigns, grants or runs between two backups. */
    static final long SKIPPED_IDS = 1_000_000;

    private final RestorationMapper restorations;
    private final AuditTrail audit;
    private final Clock clock;

    Restorations(RestorationMapper restorations, AuditTrail audit, Clock clock) {
        this.restorations = restorations;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Skips ids, and half of the serials that are left of the dates that are today somewhere. Redis forgets what users have
     * claimed, and answers no claim before it was told anew what they have. To be called while no process works.
     */
    @Transactional
    public void record(Actor by) {
        var now = clock.instant();
        var firstDate = LocalDate.ofInstant(now, ZoneOffset.MIN);
        var lastDate = LocalDate.ofInstant(now, ZoneOffset.MAX);
        var serial = restorations.insert(now, firstDate, lastDate);
        for (var table : new String[] {"campaign", "coupon_grant", "run", "code_range"}) {
            var unused = restorations.skipIds(table, SKIPPED_IDS);
        }
        restorations.renewLedgers();
        restorations.renewEpochs();
        var after = "{\"serials from\": " + serial + ", \"of dates up to\": \"" + lastDate + "\"}";
        audit.record(by, "postgres.restored", "installation", null, after);
    }
}

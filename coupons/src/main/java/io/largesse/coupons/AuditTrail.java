package io.largesse.coupons;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The record of who changed what. Written in the transaction of the change itself, and never changed after. */
@Component
public class AuditTrail {

    private final AuditMapper audits;
    private final Clock clock;

    AuditTrail(AuditMapper audits, Clock clock) {
        this.audits = audits;
        this.clock = clock;
    }

    /** Puts a change on record; before and after are JSON. */
    public void record(Actor actor, String what, String subject, @Nullable String before, @Nullable String after) {
        audits.insert(clock.instant(), actor, what, subject, before, after);
    }

    public List<AuditEntry> of(String subject) {
        return audits.of(subject);
    }
}

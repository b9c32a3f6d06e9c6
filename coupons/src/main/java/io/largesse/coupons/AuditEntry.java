package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One change on record; before and after are JSON. */
public record AuditEntry(
        Instant at,
        String actor,
        String origin,
        String requestId,
        String what,
        String subject,
        @Nullable String before,
        @Nullable String after) {}

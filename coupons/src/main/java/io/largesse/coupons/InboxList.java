package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One arrival of a user list in the inbox.
 *
 * @param tag of its object when it was taken, see {@link StoredObject}
 * @param sha256 of its content
 * @param grantId what it is granted by; null if it was refused before it could have a grant
 * @param movedAt when it had left the inbox
 * @param movedTo where the list stands since then
 */
public record InboxList(
        long id,
        String objectKey,
        String tag,
        String sha256,
        @Nullable Long grantId,
        InboxState state,
        @Nullable String reasonCode,
        @Nullable List<String> reasonArgs,
        Instant takenAt,
        @Nullable Instant movedAt,
        @Nullable String movedTo) {

    /** Why it was refused. */
    public @Nullable Message reason() {
        return reasonCode == null ? null : new Message(reasonCode, reasonArgs == null ? List.of() : reasonArgs);
    }
}

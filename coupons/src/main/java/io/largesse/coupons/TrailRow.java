package io.largesse.coupons;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a list that is a user's.
 *
 * @param reason why it was rejected, as a message code; null if it was accepted
 */
public record TrailRow(
        long grantId,
        String fileName,
        @Nullable String sheet,
        int rowNo,
        @Nullable String reason,
        @Nullable List<String> arguments) {

    public @Nullable Message rejection() {
        return reason == null ? null : new Message(reason, arguments == null ? List.of() : arguments);
    }
}

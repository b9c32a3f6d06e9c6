package io.largesse.jobs;

import io.largesse.coupons.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The name of a list in the inbox, {@code inbox/CAMPAIGN/FILE}. Whoever may write there has typed it: a name that could mean
 * something else on its way through logs, reports and other folders is none.
 */
record InboxName(String campaign, String file) {

    static final String FOLDER = "inbox/";

    /** What a name ends with whose object says that the list beside it is complete. */
    static final String MARKER = ".done";

    /** With what is put around it, a name fits into the 255 bytes of a file system and the 1,024 of S3. */
    private static final int MOST_BYTES = 200;

    /** The list that an object is; empty if it is none, as a marker. */
    static Optional<InboxName> of(String key) {
        if (!key.startsWith(FOLDER)) {
            return Optional.empty();
        }
        var parts = List.of(key.substring(FOLDER.length()).split("/", -1));
        return parts.size() == 2 && parts.stream().allMatch(InboxName::isSound) && !isMarker(parts.get(1))
                ? Optional.of(new InboxName(parts.get(0), parts.get(1)))
                : Optional.empty();
    }

    /** The list that a marker is for; empty if it is for none. */
    static Optional<InboxName> ofMarker(String key) {
        return isMarker(key) ? of(key.substring(0, key.length() - MARKER.length())) : Optional.empty();
    }

    static boolean isMarker(String key) {
        return key.endsWith(MARKER);
    }

    private static boolean isSound(String name) {
        return !name.isBlank()
                && Stream.of(".", "..").noneMatch(name::equals)
                && Printable.of(name).equals(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    String key() {
        return FOLDER + campaign + "/" + file;
    }

    String marker() {
        return key() + MARKER;
    }

    /** @param token what tells it from other lists of the same name */
    String in(String folder, String token) {
        return folder + "/" + campaign + "/" + token + "-" + file;
    }
}

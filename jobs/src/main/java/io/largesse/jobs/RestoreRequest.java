package io.largesse.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.largesse.coupons.ArchiveSelection;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which archived coupons are to be in the table again.
 *
 * @param until from then on a run of archive-coupons takes them out
 */
record RestoreRequest(ArchiveSelection wanted, Instant until) {

    /** As a run keeps it: {@code key=value}, values in the form of URLs, since user ids may have any character. */
    String parameters() {
        return words(wanted) + " until=" + URLEncoder.encode(until.toString(), UTF_8);
    }

    /** What is asked for, in the same form. */
    static String words(ArchiveSelection wanted) {
        var given = new LinkedHashMap<String, @Nullable Object>();
        given.put("campaign", wanted.campaign());
        given.put("user", wanted.user());
        given.put("code", wanted.code());
        given.put("issued-from", wanted.issuedFrom());
        given.put("issued-until", wanted.issuedUntil());
        return given.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(String.valueOf(entry.getValue()), UTF_8))
                .collect(Collectors.joining(" "));
    }

    static RestoreRequest parse(String parameters) {
        Map<String, String> given = new LinkedHashMap<>();
        for (var parameter : parameters.split(" ")) {
            var at = parameter.indexOf('=');
            given.put(parameter.substring(0, at), URLDecoder.decode(parameter.substring(at + 1), UTF_8));
        }
        var campaign = given.get("campaign");
        var wanted = new ArchiveSelection(
                campaign == null ? null : Long.valueOf(campaign),
                given.get("user"),
                given.get("code"),
                instant(given.get("issued-from")),
                instant(given.get("issued-until")));
        return new RestoreRequest(wanted, Instant.parse(Objects.requireNonNull(given.get("until"))));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}

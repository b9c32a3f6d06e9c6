package io.largesse.app.cli;

import io.largesse.app.yaml.Located;
import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words, numbers and times in the language of the person who reads them. */
record Texts(Locale locale) {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV");

    /** The language asked for by option or environment; English unless it is Chinese. */
    static Texts in(@Nullable String asked) {
        var language = asked;
        for (var name : new String[] {"LARGESSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
            if (language == null || language.isEmpty()) {
                language = System.getenv(name);
            }
        }
        boolean chinese = language != null && language.toLowerCase(Locale.ROOT).startsWith("zh");
        return new Texts(chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
    }

    /** Numbers get separators; ids, which do not want any, are passed as strings. */
    String of(String code, @Nullable Object... arguments) {
        return of(Message.of(code, Arrays.stream(arguments).map(this::show).toArray()));
    }

    String of(Message message) {
        return Located.inside(message)
                .map(inner -> Messages.text(Located.with(message, Messages.text(inner, locale)), locale))
                .orElseGet(() -> Messages.text(message, locale));
    }

    String show(@Nullable Object value) {
        if (value instanceof Long || value instanceof Integer) {
            return NumberFormat.getIntegerInstance(locale).format(value);
        }
        if (value instanceof ZonedDateTime moment) {
            return moment.format(MOMENT);
        }
        if (value instanceof Instant instant) {
            return instant.atZone(ZoneId.systemDefault()).format(MOMENT);
        }
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        return value == null ? "-" : value.toString();
    }

    /** "0.8 s", "41 s", "2 min 05 s", "1 h 12 min". */
    static String duration(Duration d) {
        if (d.toSeconds() < 10) {
            return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
        }
        if (d.toMinutes() == 0) {
            return d.toSeconds() + " s";
        }
        return d.toHours() == 0
                ? String.format(Locale.ROOT, "%d min %02d s", d.toMinutes(), d.toSecondsPart())
                : String.format(Locale.ROOT, "%d h %02d min", d.toHours(), d.toMinutesPart());
    }
}

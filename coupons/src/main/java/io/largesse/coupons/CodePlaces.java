package io.largesse.coupons;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The places of a campaign's codes, without any look-up. Not thread safe. */
public final class CodePlaces {

    public static final int MOST_AT_ONCE = CodeReader.MOST_AT_ONCE;

    private final CodeReader reader;
    private final Map<Day, TreeMap<Long, CodeRange>> byFirst = new HashMap<>();
    private @Nullable CodeRange last;

    private CodePlaces(List<CodeRange> ranges, CodeReader reader) {
        this.reader = reader;
        for (var range : ranges) {
            byFirst.computeIfAbsent(new Day(range.prefix(), range.date()), day -> new TreeMap<>())
                    .put(range.firstSerial(), range);
        }
    }

    /** @param ranges all of one campaign or of several */
    public static CodePlaces of(List<CodeRange> ranges, CodeKeys keys) {
        return new CodePlaces(ranges, CodeReader.of(keys));
    }

    /** The place of a code; null if it is of none of the ranges. */
    public @Nullable CodePlace of(String code) {
        return reader.read(code) instanceof CodeReading.Valid valid
                        && valid.code().equals(code)
                ? of(valid)
                : null;
    }

    /**
     * The places of many codes, in their order, in less time than one after the other.
     *
     * @param codes at most {@link #MOST_AT_ONCE}; most of one range
     */
    public List<@Nullable CodePlace> of(List<String> codes) {
        var serials = new long[codes.size()];
        var range = last;
        if (range != null && range.codeFormat() == CodeFormat.OPAQUE) {
            reader.read(range, codes, serials);
        }
        var places = new ArrayList<@Nullable CodePlace>(codes.size());
        for (int i = 0; i < serials.length; i++) {
            if (range != null && serials[i] >= range.firstSerial() && serials[i] <= range.lastSerial()) {
                places.add(new CodePlace(range.id(), serials[i] - range.firstSerial()));
            } else {
                places.add(of(codes.get(i)));
            }
        }
        return places;
    }

    public @Nullable CodePlace of(CodeReading.Valid code) {
        var range = last != null && has(last, code) ? last : range(code);
        if (range == null || !has(range, code)) {
            return null;
        }
        last = range; // codes of a range come one after the other
        return new CodePlace(range.id(), code.serial() - range.firstSerial());
    }

    private @Nullable CodeRange range(CodeReading.Valid code) {
        var day = byFirst.get(new Day(code.prefix(), code.date()));
        var range = day == null ? null : day.floorEntry(code.serial());
        return range == null ? null : range.getValue();
    }

    private static boolean has(CodeRange range, CodeReading.Valid code) {
        return code.serial() >= range.firstSerial()
                && code.serial() <= range.lastSerial()
                && code.format() == range.codeFormat()
                && code.date().equals(range.date())
                && code.prefix().equals(range.prefix());
    }

    private record Day(String prefix, LocalDate date) {}
}

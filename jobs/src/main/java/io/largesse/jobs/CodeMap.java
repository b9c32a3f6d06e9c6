package io.largesse.jobs;

import io.largesse.coupons.CodePlace;
import io.largesse.coupons.CodeRange;
import io.largesse.coupons.CodeReader;
import io.largesse.coupons.CodeReading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where each serial of a campaign was seen: a byte a serial, however long its code. */
final class CodeMap {

    enum Place {
        NOWHERE,
        POOL,
        MOVING,
        CLAIM,
        BLOCK,
        ALLOTMENT,
        COUPON,
        ARCHIVE
    }

    /** Codes on their way are seen twice for a moment, and for longer if somebody died over it. */
    private static boolean isOnItsWay(Place before, Place now) {
        return switch (now) {
            case COUPON, ARCHIVE -> before == Place.CLAIM || before == Place.BLOCK || before == Place.ALLOTMENT;
            case ALLOTMENT -> before == Place.BLOCK;
            case MOVING -> before == Place.POOL; // arrived, and not yet forgotten where it comes from
            default -> false;
        };
    }

    private static final Place[] PLACES = Place.values();
    private static final int MOST_STRANGERS = 100;

    private final List<Part> parts = new ArrayList<>();
    private final Map<String, TreeMap<Long, Part>> byFirst = new HashMap<>();
    private final Map<Long, Part> byRange = new HashMap<>();
    private final Map<String, Books.Twice> twice = new TreeMap<>();
    private final CodeReader reader;
    private final List<String> strangers = new ArrayList<>();
    private long strange;

    CodeMap(List<CodeRange> ranges, CodeReader reader) {
        this.reader = reader;
        for (var range : ranges) {
            var part = new Part(
                    range.prefix(), range.date(), range.firstSerial(), new byte[Math.toIntExact(range.count())]);
            parts.add(part);
            byRange.put(range.id(), part);
            byFirst.computeIfAbsent(part.prefix + part.date, day -> new TreeMap<>())
                    .put(part.first, part);
        }
    }

    /** Without ranges whose codes are being made, or may be yet. */
    static CodeMap ofFinished(List<CodeRange> ranges, CodeReader reader) {
        return new CodeMap(ranges.stream().filter(r -> !r.mayGrow()).toList(), reader);
    }

    void see(String code, Place place) {
        if (reader.read(code) instanceof CodeReading.Valid valid) {
            var day = byFirst.getOrDefault(valid.prefix() + valid.date(), new TreeMap<>());
            var part = day.floorEntry(valid.serial());
            if (part != null && part.getValue().has(valid)) {
                see(code, place, part.getValue(), (int) (valid.serial() - part.getKey()));
                return;
            }
        }
        strange++;
        if (strangers.size() < MOST_STRANGERS) {
            strangers.add(code);
        }
    }

    /** A code of a range that is not finished counts as strange. */
    void see(CodePlace code, Place place) {
        var part = byRange.get(code.range());
        if (part == null || code.offset() >= part.seen.length) {
            strange++;
        } else {
            see(part.prefix + " " + part.date + " serial " + (part.first + code.offset()), place, part, (int)
                    code.offset());
        }
    }

    private void see(String code, Place place, Part part, int at) {
        var before = PLACES[part.seen[at]];
        if (before != Place.NOWHERE && !isOnItsWay(before, place)) {
            twice.put(code, new Books.Twice(code, before.name(), place.name()));
        }
        part.seen[at] = (byte) place.ordinal();
    }

    Map<String, Books.Twice> twice() {
        return twice;
    }

    /** Codes of ranges that are not finished, or of no range at all. */
    long strange() {
        return strange;
    }

    /** The first hundred of these. */
    List<String> strangers() {
        return strangers;
    }

    long count(Place place) {
        long n = 0;
        for (var part : parts) {
            for (byte seen : part.seen) {
                n += seen == place.ordinal() ? 1 : 0;
            }
        }
        return n;
    }

    long serials() {
        return parts.stream().mapToLong(part -> part.seen.length).sum();
    }

    /** What was seen in either of them was not lost. */
    void fill(CodeMap other) {
        for (int i = 0; i < parts.size(); i++) {
            var mine = parts.get(i).seen;
            var theirs = other.parts.get(i).seen;
            for (int k = 0; k < mine.length; k++) {
                mine[k] = mine[k] == 0 ? theirs[k] : mine[k];
            }
        }
    }

    private record Part(String prefix, LocalDate date, long first, byte[] seen) {

        boolean has(CodeReading.Valid code) {
            return code.serial() >= first && code.serial() < first + seen.length;
        }
    }
}

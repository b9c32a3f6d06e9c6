package io.largesse.coupons;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes codes apart without any look-up. Case and surrounding space are ignored; in the opaque part I and L are read as
 * 1 and O as 0. Cheap to make (make one a request); reading many codes of one prefix and date with the same reader takes
 * about a microsecond each. Not thread safe.
 */
public final class CodeReader {

    private static final Pattern FORM = Pattern.compile("([A-Z][A-Z0-9]{1,11})-([0-9]{8})-([0-9]{9}|[0-9A-TV-Z]{13})");

    /** Longer than any code with some space around it; longer texts are not even matched. */
    private static final int LONGEST = 100;

    static final int MOST_AT_ONCE = BlockPrf.BATCH;

    private final CodeKeys keys;
    private @Nullable Series last;

    private CodeReader(CodeKeys keys) {
        this.keys = keys;
    }

    public static CodeReader of(CodeKeys keys) {
        return new CodeReader(keys);
    }

    /** Whether the text has the form of a generated code, genuine or not; an imported code must not. */
    public static boolean looksGenerated(String typed) {
        return typed.length() <= LONGEST && FORM.matcher(upper(typed)).matches();
    }

    public CodeReading read(String typed) {
        if (typed.length() > LONGEST) {
            return new CodeReading.Malformed(Message.of("coupons.code.form"));
        }
        var series = last;
        if (series != null && series.begins(typed)) {
            return opaque(series, typed, typed.length() - OpaqueSerials.CHARACTERS, typed);
        }
        var parts = FORM.matcher(upper(typed));
        if (!parts.matches()) {
            return new CodeReading.Malformed(Message.of("coupons.code.form"));
        }
        var prefix = parts.group(1);
        var date = date(parts.group(2));
        if (date == null) {
            return new CodeReading.Malformed(Message.of("coupons.code.no-date", parts.group(2)));
        }
        var serial = parts.group(3);
        return serial.length() == CodeFormat.SEQUENTIAL.characters()
                ? sequential(prefix, date, serial, parts.group())
                : opaque(series(prefix, date, parts.group(2)), serial);
    }

    /**
     * The serials of many codes of a range, in less time than each alone takes.
     *
     * @param range of opaque codes
     * @param codes at most {@link #MOST_AT_ONCE}
     * @param serials filled in; 0 where a text is no genuine code of the range's prefix and date as it is written
     */
    void read(CodeRange range, List<String> codes, long[] serials) {
        var series = series(range.prefix(), range.date(), range.date().format(DateTimeFormatter.BASIC_ISO_DATE));
        var opaque = series.serials;
        if (opaque == null || !codes.stream().allMatch(series::begins)) {
            Arrays.fill(serials, 0);
        } else {
            opaque.read(codes, series.head.length(), serials);
        }
    }

    private static CodeReading sequential(String prefix, LocalDate date, String digits, String code) {
        long serial = Long.parseLong(digits);
        return serial == 0
                ? new CodeReading.Malformed(Message.of("coupons.code.form"))
                : new CodeReading.Valid(code, CodeFormat.SEQUENTIAL, prefix, date, serial);
    }

    private static CodeReading opaque(Series series, String digits) {
        return opaque(series, digits, 0, series.head + canonical(digits));
    }

    /** @param code as it is written, if its digits, which begin at that place of the text, are genuine */
    private static CodeReading opaque(Series series, String text, int at, String code) {
        var serial = series.serials == null ? null : series.serials.read(text, at);
        if (serial == null || serial.isEmpty()) {
            return new CodeReading.Forged(Message.of("coupons.code.forged"));
        }
        return new CodeReading.Valid(code, CodeFormat.OPAQUE, series.prefix, series.date, serial.getAsLong());
    }

    private static String canonical(String digits) {
        return digits.replace('I', '1').replace('L', '1').replace('O', '0');
    }

    private Series series(String prefix, LocalDate date, String typedDate) {
        var series = last;
        if (series == null || !series.prefix.equals(prefix) || !series.date.equals(date)) {
            var subkeys = keys.subkeys(prefix, date);
            var head = prefix + "-" + typedDate + "-";
            series = new Series(
                    prefix, date, head, subkeys.map(OpaqueSerials::new).orElse(null));
            last = series;
        }
        return series;
    }

    private static @Nullable LocalDate date(String digits) {
        try {
            var date = LocalDate.of(
                    Integer.parseInt(digits.substring(0, 4)),
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6)));
            return date.getYear() == 0 ? null : date;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Only A to Z: String.toUpperCase would let a dotless i or a long s pass for a letter of a code. */
    private static String upper(String typed) {
        var chars = typed.strip().toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 'a' && chars[i] <= 'z') {
                chars[i] -= 'a' - 'A';
            }
        }
        return new String(chars);
    }

    /**
     * @param head what its codes begin with
     * @param serials null if no key was in force at the date
     */
    private record Series(
            String prefix,
            LocalDate date,
            String head,
            @Nullable OpaqueSerials serials) {

        /** Whether a text is a code of this series, as one is written: then it need not be taken apart. */
        boolean begins(String text) {
            return text.length() == head.length() + OpaqueSerials.CHARACTERS
                    && text.startsWith(head)
                    && Crockford.isWritten(text, head.length());
        }
    }
}

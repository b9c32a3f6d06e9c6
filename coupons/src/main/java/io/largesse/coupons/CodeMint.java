package io.largesse.coupons;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the codes of one prefix and date from serials. The same serial gives the same code for ever, different serials
 * give different ones, and nothing is looked up or locked. Not thread safe; a thread of its own each.
 */
public final class CodeMint {

    /** Codes carry a date of eight digits. */
    private static final int LAST_YEAR = 9999;

    private final CodeFormat format;
    private final byte[] head;
    private final @Nullable OpaqueSerials opaque;

    private CodeMint(CodeFormat format, byte[] head, @Nullable OpaqueSerials opaque) {
        this.format = format;
        this.head = head;
        this.opaque = opaque;
    }

    /**
     * @param date the campaign zone's date of generation, from year 1 to 9999
     * @throws RefusedException if the prefix is none, or the format needs a key and none was in force at the date
     */
    public static CodeMint of(CodeFormat format, String prefix, LocalDate date, CodeKeys keys) {
        CodePrefix.check(prefix);
        if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
            throw RefusedException.of("coupons.code.date", date);
        }
        var head = (prefix + "-" + date.format(DateTimeFormatter.BASIC_ISO_DATE) + "-")
                .getBytes(StandardCharsets.US_ASCII);
        return switch (format) {
            case SEQUENTIAL -> new CodeMint(format, head, null);
            case OPAQUE -> {
                var subkeys =
                        keys.subkeys(prefix, date).orElseThrow(() -> RefusedException.of("coupons.code.no-key", date));
                yield new CodeMint(format, head, new OpaqueSerials(subkeys));
            }
        };
    }

    /**
     * The codes of consecutive serials, in their order.
     *
     * @throws RefusedException if a serial lies outside 1 to {@link CodeFormat#maxSerial()}
     */
    public List<String> codes(long firstSerial, int count) {
        var packed = packed(firstSerial, count);
        var codes = new ArrayList<String>(count);
        for (int at = 0; at < packed.text().length(); at += packed.length()) {
            codes.add(packed.text().substring(at, at + packed.length()));
        }
        return codes;
    }

    /** As {@link #codes}, in one text. */
    public PackedCodes packed(long firstSerial, int count) {
        var bytes = new byte[count * length()];
        for (int done = 0; done < count; done += BlockPrf.BATCH) {
            write(firstSerial + done, Math.min(count - done, BlockPrf.BATCH), bytes, done * length());
        }
        return PackedCodes.of(bytes, length());
    }

    /** The length of every code of this mint, in ASCII characters. */
    public int length() {
        return head.length + format.characters();
    }

    private void write(long firstSerial, int n, byte[] into, int at) {
        if (firstSerial < 1 || firstSerial > format.maxSerial() - n + 1) {
            throw RefusedException.of(
                    "coupons.code.serials", firstSerial, firstSerial + n - 1, format, format.maxSerial());
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(head, 0, into, at + i * length(), head.length);
        }
        if (opaque != null) {
            opaque.write(firstSerial, n, into, at + head.length, length());
        } else {
            for (int i = 0; i < n; i++) {
                decimal(firstSerial + i, into, at + i * length() + head.length);
            }
        }
    }

    private void decimal(long serial, byte[] into, int at) {
        Arrays.fill(into, at, at + format.characters(), (byte) '0');
        for (int i = at + format.characters() - 1; serial > 0; i--) {
            into[i] = (byte) ('0' + serial % 10);
            serial /= 10;
        }
    }
}

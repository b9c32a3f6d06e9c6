package io.largesse.coupons;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one canonical form of a user's id, for sheets and tokens alike: Unicode NFKC, trimmed, case kept, 1 to 64 visible
 * characters without a space among them.
 */
public final class UserId {

    public static final int MAX_LENGTH = 64;

    /** The usual id needs no normalizing; the check costs a scan and no allocation. */
    private static final Pattern PLAIN = Pattern.compile("[!-~]{1," + MAX_LENGTH + "}");

    private UserId() {}

    /** The canonical form of what was typed: NFKC and trimmed; it is yet to be {@linkplain #problem checked}. */
    public static String canonical(String typed) {
        return isPlain(typed)
                ? typed
                : Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
    }

    /** Why a canonical id is none, or null if it is one. */
    public static @Nullable Message problem(String canonical) {
        if (isPlain(canonical)) {
            return null;
        }
        if (canonical.isEmpty()) {
            return Message.of("coupons.user-id.empty");
        }
        var length = canonical.codePointCount(0, canonical.length());
        if (length > MAX_LENGTH) {
            return Message.of("coupons.user-id.too-long", length, MAX_LENGTH);
        }
        var invisible = canonical.codePoints().filter(UserId::isInvisible).findFirst();
        return invisible.isPresent()
                ? Message.of("coupons.user-id.invisible", String.format("U+%04X", invisible.getAsInt()))
                : null;
    }

    /** The canonical form, or a refusal that says what is wrong with it. */
    public static String parse(String typed) {
        var canonical = canonical(typed);
        var problem = problem(canonical);
        if (problem != null) {
            throw new RefusedException(problem);
        }
        return canonical;
    }

    private static boolean isPlain(String id) {
        return PLAIN.matcher(id).matches();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> isBlank(c);
        };
    }

    /** Letters, marks and symbols by their category, without a shape of their own. */
    private static boolean isBlank(int c) {
        return c == 0x034F // combining grapheme joiner
                || c == 0x115F // fillers of Hangul; NFKC makes one of the others
                || c == 0x1160
                || c == 0x17B4 // inherent vowels of Khmer
                || c == 0x17B5
                || c >= 0x180B && c <= 0x180F // Mongolian variation selectors
                || c == 0x2800 // a Braille cell without a dot
                || c >= 0xFE00 && c <= 0xFE0F // variation selectors
                || c == 0xFFFD // stands for a character that some program lost: two users may have become one
                || c >= 0xE0100 && c <= 0xE01EF;
    }
}

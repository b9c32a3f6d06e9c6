package io.largesse.coupons;

import java.util.regex.Pattern;

/** The first part of a code, a campaign's business code: 2 to 12 of A-Z and 0-9, a letter first. */
public final class CodePrefix {

    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9]{1,11}");

    private CodePrefix() {}

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** The prefix as given, or a refusal that names it. Lower case is refused: what people type is not changed here. */
    public static String check(String text) {
        if (!isOne(text)) {
            throw RefusedException.of("coupons.code.prefix", text);
        }
        return text;
    }
}

package io.largesse.readers;

import java.util.regex.Pattern;

/** {@code _x000D_}: how workbooks write characters that XML cannot (ECMA-376, ST_Xstring). */
final class CharacterEscapes {

    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private CharacterEscapes() {}

    static String resolve(String text) {
        return Storable.whole(ESCAPE.matcher(text)
                .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(m.group(1), 16)))));
    }
}

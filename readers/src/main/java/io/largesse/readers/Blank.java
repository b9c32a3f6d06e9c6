package io.largesse.readers;

/** Text that looks empty: white space of any script, the no-break and the ideographic space among it. */
final class Blank {

    private Blank() {}

    static boolean is(CharSequence text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                return false;
            }
        }
        return true;
    }
}

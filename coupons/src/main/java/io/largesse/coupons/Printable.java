package io.largesse.coupons;

/** Makes typed data harmless to print: control, bidirectional and unassigned characters are shown as {@code \\uXXXX}. */
public final class Printable {

    private Printable() {}

    public static String of(String typed) {
        var plain = new StringBuilder(typed.length());
        typed.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> plain.append(String.format("\\u%04X", c));
                default -> plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }
}

package io.largesse.pools;

import java.util.regex.Pattern;

/** What callers may put into a key. No braces: a second hash tag would send the key to another node of a cluster. */
final class Names {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private Names() {}

    static void check(String what, String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a " + what + " is 1 to 100 of letters, digits, '.', '_' and '-': " + name);
        }
    }
}

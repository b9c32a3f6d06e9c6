package io.largesse.coupons;

import java.util.regex.Pattern;

/** The handles that operators give to templates and campaigns: lower case, digits and dashes. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Names() {}

    static void require(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw RefusedException.of("coupons.name", what, name);
        }
    }
}

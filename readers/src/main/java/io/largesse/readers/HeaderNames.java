package io.largesse.readers;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Which words in a first row name the column of the user id. README.md lists them for operators. */
final class HeaderNames {

    private static final Set<String> USER_ID = Set.of(
            "userid",
            "uid",
            "memberid",
            "customerid",
            "用户id",
            "用户编号",
            "用户号",
            "用户标识",
            "会员id",
            "会员号",
            "会员编号",
            "客户id",
            "客户编号");

    /** Alone in a column they are its name; beside other columns they may mean anything (an order's id). */
    private static final Set<String> IN_A_SINGLE_COLUMN = Set.of("id", "ids", "编号");

    private HeaderNames() {}

    static boolean isUserId(String cell) {
        return USER_ID.contains(squeezed(cell));
    }

    static boolean isUserIdInASingleColumn(String cell) {
        var name = squeezed(cell);
        return USER_ID.contains(name) || IN_A_SINGLE_COLUMN.contains(name);
    }

    /** How two names are compared: case, width of letters and outer space do not count. */
    static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    private static String squeezed(String name) {
        return name.length() > 40 ? "" : folded(name).replaceAll("[\\s_.\\-\\u200B\\uFEFF]", "");
    }
}

package io.largesse.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A user list as operators send them: good rows in no order, and a few that must be rejected.
 *
 * @param users good rows, each with a user of its own
 */
public record DemoList(int users) {

    public static final int FEWEST = 100;

    /** With the bad rows it still fits on one sheet. */
    public static final int MOST = 1_000_000;

    private static final int USERS_PER_BAD_ROW = 20_000;
    private static final int USERS_PER_DUPLICATE = 1_000;

    /** A prime larger than any list: steps of it visit every user once, in an order that is none. */
    private static final long STEP = 7_368_787;

    public DemoList {
        if (users < FEWEST || users > MOST) {
            throw new IllegalArgumentException("a demo has " + FEWEST + " to " + MOST + " users, not " + users);
        }
    }

    /** The id of a user from 0. */
    public static String user(long number) {
        return String.format(Locale.ROOT, "U%08d", number + 1);
    }

    /** Rows of each of the four kinds that are rejected. */
    public int badOfEachKind() {
        return Math.max(1, users / USERS_PER_BAD_ROW);
    }

    public int duplicates() {
        return Math.max(1, users / USERS_PER_DUPLICATE);
    }

    /** Writes the list as a spreadsheet; the bad rows stand between the good ones. */
    public void write(Path file) throws IOException {
        try (var sheet = new UserSheet(file)) {
            sheet.texts("user id", "name");
            int bad = 0;
            int twice = 0;
            for (int i = 0; i < users; i++) {
                sheet.texts(user(i * STEP % users), "Customer " + (i + 1));
                if (i % (users / badOfEachKind()) == 10 && bad < badOfEachKind()) {
                    writeBad(sheet, bad++);
                }
                if (i % (users / duplicates()) == 20 && twice < duplicates()) {
                    sheet.texts(user((i / 2) * STEP % users), "once more");
                    twice++;
                }
            }
        }
    }

    private static void writeBad(UserSheet sheet, int n) throws IOException {
        sheet.texts("", "no id");
        // as text it would be a bad id too, but as a number it has lost its last digits as well
        sheet.number("62220212345678" + (900 + n), "an id of 17 digits as a number");
        sheet.texts("U0000\u00070" + (10 + n), "a control character");
        sheet.texts("X-" + (1000 + n), "not of this shop");
    }
}

package io.largesse.app;

/** What stands behind the commands, for tests in other packages. */
public final class Commands {

    private Commands() {}

    public static <T> T bean(Class<T> type) {
        return Program.shared().bean(type);
    }
}

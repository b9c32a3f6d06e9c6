package io.largesse.archive;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The first and the last of some values. */
final class Extent<T> {

    /** As PostgreSQL orders text that is COLLATE "C": by the bytes of UTF-8, which is by code points. */
    static final Comparator<String> BY_CODE_POINT = (a, b) -> {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // surrogates stand for code points above all others
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    };

    private final Comparator<T> order;
    private @Nullable T first;
    private @Nullable T last;

    Extent(Comparator<T> order) {
        this.order = order;
    }

    void add(T value) {
        if (first == null || order.compare(value, first) < 0) {
            first = value;
        }
        if (last == null || order.compare(value, last) > 0) {
            last = value;
        }
    }

    T first() {
        return Objects.requireNonNull(first);
    }

    T last() {
        return Objects.requireNonNull(last);
    }
}

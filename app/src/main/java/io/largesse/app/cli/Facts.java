package io.largesse.app.cli;

import io.largesse.coupons.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing shown as a list of what is known of it, a line a fact. */
final class Facts {

    private final Texts texts;
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    Facts(Texts texts) {
        this.texts = texts;
    }

    /** Facts that nobody knows are left out. */
    Facts add(String label, @Nullable Object value) {
        if (value != null) {
            names.add(texts.of(label));
            values.add(Printable.of(texts.show(value)));
        }
        return this;
    }

    List<String> lines() {
        int width = names.stream().mapToInt(Table::width).max().orElse(0);
        var lines = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            lines.add("  " + name + " ".repeat(width - Table.width(name)) + "  " + values.get(i));
        }
        return lines;
    }
}

package io.largesse.readers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which sheet of a workbook is read: the one that was named, or else the only visible one with content. */
final class SheetChoice {

    /** Whether a sheet has any content. */
    interface Probe<T> {
        boolean hasContent(SheetEntry<T> sheet) throws IOException;
    }

    private SheetChoice() {}

    static <T> SheetEntry<T> of(List<SheetEntry<T>> sheets, @Nullable String wanted, Origin origin, Probe<T> probe)
            throws IOException {
        if (wanted != null) {
            return named(sheets, wanted, origin);
        }
        var candidates = new ArrayList<SheetEntry<T>>();
        for (var sheet : sheets) {
            if (sheet.visible() && probe.hasContent(sheet)) {
                candidates.add(sheet);
            }
        }
        if (candidates.size() > 1) {
            throw origin.refusal("readers.sheet.several", names(candidates));
        }
        if (candidates.isEmpty()) {
            throw origin.refusal("readers.file.no-content");
        }
        return candidates.get(0);
    }

    /** A hidden sheet is read if it is asked for by name, and only then. */
    private static <T> SheetEntry<T> named(List<SheetEntry<T>> sheets, String wanted, Origin origin) {
        var name = HeaderNames.folded(wanted);
        return sheets.stream()
                .filter(s -> HeaderNames.folded(s.name()).equals(name))
                .findFirst()
                .orElseThrow(() -> origin.refusal(
                        "readers.sheet.missing",
                        wanted,
                        names(sheets.stream().filter(SheetEntry::visible).toList())));
    }

    private static <T> String names(List<SheetEntry<T>> sheets) {
        return sheets.stream().limit(20).map(SheetEntry::name).collect(Collectors.joining(", "));
    }
}

package io.largesse.writers;

import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.poi.ss.util.CellReference;

/**
 * The columns of several uploads side by side: equal headings share a column, in order of appearance. The second column
 * of one heading within an upload meets the second one of the next.
 */
final class ReportColumns {

    private record Heading(String text, int occurrence) {}

    private final List<String> headings = new ArrayList<>();
    private final List<int[]> places = new ArrayList<>();

    ReportColumns(List<RejectReport.Source> sources, Locale locale) {
        for (var code : List.of("file", "sheet", "row", "reason")) {
            headings.add(Messages.text(Message.of("writers.reject." + code), locale));
        }
        var known = new HashMap<Heading, Integer>();
        for (var source : sources) {
            places.add(placesOf(source, known, locale));
        }
    }

    private int[] placesOf(RejectReport.Source source, Map<Heading, Integer> known, Locale locale) {
        var occurrences = new HashMap<String, Integer>();
        var places = new int[source.columns().size()];
        for (int i = 0; i < places.length; i++) {
            var text = source.columns().get(i).strip();
            if (text.isEmpty()) {
                text = Messages.text(
                        Message.of("writers.reject.unnamed", CellReference.convertNumToColString(i)), locale);
            }
            var heading = new Heading(text, occurrences.merge(text, 1, Integer::sum));
            places[i] = known.computeIfAbsent(heading, this::added);
        }
        return places;
    }

    private int added(Heading heading) {
        headings.add(heading.text());
        return headings.size() - 1;
    }

    List<String> headings() {
        return headings;
    }

    /** Puts a line's cells under their headings, and cells beyond their source's headings after the last column. */
    void place(RejectedLine line, List<String> cells) {
        var places = this.places.get(line.source());
        for (int i = 0; i < line.cells().size(); i++) {
            var cell = line.cells().get(i);
            if (cell != null && !cell.isEmpty()) {
                int place = i < places.length ? places[i] : headings.size() + i - places.length;
                while (cells.size() <= place) {
                    cells.add("");
                }
                cells.set(place, cell);
            }
        }
    }
}

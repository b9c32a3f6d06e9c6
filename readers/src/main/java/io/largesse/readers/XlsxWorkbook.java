package io.largesse.readers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * What a workbook says about its parts.
 *
 * @param dates1904 whether day 0 is in 1904, as old Macs had it
 * @param sharedStrings the part with the shared strings, or null if there is none
 */
record XlsxWorkbook(
        List<SheetEntry<String>> sheets,
        boolean dates1904,
        @Nullable String sharedStrings,
        @Nullable String styles) {

    static final int MOST_SHEETS = 10_000;

    private record Relation(String type, String part) {}

    static XlsxWorkbook of(ZipContent zip, Origin origin) throws IOException, XMLStreamException {
        var workbook = relations(zip, "", "_rels/.rels", origin).values().stream()
                .filter(r -> r.type().endsWith("/officeDocument"))
                .findFirst()
                .orElseThrow(() -> origin.damaged(null))
                .part();
        var slash = workbook.lastIndexOf('/') + 1;
        var folder = workbook.substring(0, slash);
        var relations = relations(zip, folder, folder + "_rels/" + workbook.substring(slash) + ".rels", origin);

        var sheets = new ArrayList<SheetEntry<String>>();
        var dates1904 = false;
        try (var in = zip.small(workbook)) {
            for (var xml = new Xml(in, origin); xml.nextStart(); ) {
                if (xml.is("workbookPr")) {
                    dates1904 = isTrue(xml.attribute("date1904"));
                } else if (xml.is("sheet") && sheets.size() < MOST_SHEETS) {
                    var relation = relations.get(String.valueOf(xml.attribute("id")));
                    if (relation != null && relation.type().endsWith("/worksheet")) {
                        sheets.add(sheet(xml, relation.part()));
                    }
                }
            }
        }
        return new XlsxWorkbook(
                sheets, dates1904, part(relations, "/sharedStrings", zip), part(relations, "/styles", zip));
    }

    private static SheetEntry<String> sheet(Xml xml, String part) {
        var state = xml.attribute("state");
        var name = xml.attribute("name");
        return new SheetEntry<>(name == null ? part : name, state == null || state.equals("visible"), part);
    }

    private static @Nullable String part(Map<String, Relation> relations, String type, ZipContent zip) {
        return relations.values().stream()
                .filter(r -> r.type().endsWith(type) && zip.has(r.part()))
                .map(Relation::part)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Relation> relations(ZipContent zip, String folder, String part, Origin origin)
            throws IOException, XMLStreamException {
        var relations = new HashMap<String, Relation>();
        try (var in = zip.small(part)) {
            for (var xml = new Xml(in, origin); xml.nextStart(); ) {
                var id = xml.attribute("Id");
                var type = xml.attribute("Type");
                var target = xml.attribute("Target");
                if (id != null && type != null && target != null && relations.size() < MOST_SHEETS) {
                    relations.put(id, new Relation(type, resolved(folder, target)));
                }
            }
        }
        return relations;
    }

    /** A target is relative to the folder of the part that names it, or absolute within the zip. */
    private static String resolved(String folder, String target) {
        var path = target.replace('\\', '/');
        if (path.startsWith("/")) {
            return path.substring(1);
        }
        var steps = new ArrayList<String>();
        for (var step : (folder + path).split("/")) {
            if (step.equals("..") && !steps.isEmpty()) {
                steps.remove(steps.size() - 1);
            } else if (!step.isEmpty() && !step.equals(".") && !step.equals("..")) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }

    private static boolean isTrue(@Nullable String flag) {
        return flag != null && (flag.equals("1") || flag.equals("true"));
    }
}

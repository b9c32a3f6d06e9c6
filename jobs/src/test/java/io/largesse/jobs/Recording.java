package io.largesse.jobs;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What stood in the three stores at some moment, as lines of text: parts, each with a heading of words and its own lines.
 *
 * <pre>
 * #table campaign (id, name)      rows as COPY writes them
 * #sql                            a statement, for tables that no migration makes
 * #sequence campaign_id_seq 7
 * #list {s0}:pool:1               values, from the head on
 * #hash {s0}:gate:1               fields and values, a tab between
 * #string {s0}:fence:g1           one value
 * #object uploads/3f…             its bytes in base64
 * </pre>
 */
final class Recording {

    private static final String END = "#end";

    private Recording() {}

    /** @param heading words after {@code #}, the first of which is the kind */
    record Part(List<String> heading, List<String> lines) {

        String kind() {
            return heading.get(0);
        }

        /** The heading without its kind. */
        String name() {
            return String.join(" ", heading.subList(1, heading.size()));
        }
    }

    static List<Part> read(String resource) throws IOException {
        try (var in = Recording.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("there is no " + resource);
            }
            return read(in);
        }
    }

    private static List<Part> read(InputStream in) throws IOException {
        var parts = new ArrayList<Part>();
        try (var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var part = new Part(List.of(line.substring(1).split(" ")), new ArrayList<>());
                for (line = lines.readLine(); !line.equals(END); line = lines.readLine()) {
                    part.lines().add(line);
                }
                parts.add(part);
            }
        }
        return parts;
    }

    static void write(Path file, List<Part> parts) throws IOException {
        try (var out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
            for (var part : parts) {
                out.write("#" + String.join(" ", part.heading()) + "\n");
                for (var line : part.lines()) {
                    out.write(line + "\n");
                }
                out.write(END + "\n");
            }
        }
    }
}

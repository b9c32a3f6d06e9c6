package io.largesse.app.yaml;

import io.largesse.coupons.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The keys of a YAML mapping. Scalars are taken as they were typed, so that a date, a number with leading zeros or "no"
 * is what it looks like. Every key has to be asked for before {@link #refuseOthers()}.
 */
final class YamlMap {

    private final String path;
    private final int line;
    private final Map<String, NodeTuple> values = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /** @param path the keys that lead here, each with a dot after it */
    YamlMap(MappingNode node, String path) {
        this.path = path;
        this.line = lineOf(node);
        for (var tuple : node.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : null;
            if (key == null) {
                throw RefusedException.of("app.yaml.key", lineOf(tuple.getKeyNode()));
            }
            if (values.put(key, tuple) != null) {
                throw RefusedException.of("app.yaml.twice", path + key, lineOf(tuple.getKeyNode()));
            }
        }
    }

    YamlText text(String key) {
        var text = optionalText(key);
        if (text == null) {
            throw RefusedException.of("app.yaml.missing", path + key, line);
        }
        return text;
    }

    @Nullable
    YamlText optionalText(String key) {
        var node = find(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ScalarNode scalar)) {
            throw RefusedException.of("app.yaml.not-text", path + key, lineOf(node));
        }
        return new YamlText(path + key, lineOf(node), scalar.getValue());
    }

    List<String> texts(String key) {
        var node = find(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw RefusedException.of("app.yaml.not-list", path + key, lineOf(node));
        }
        var texts = new ArrayList<String>();
        for (var each : sequence.getValue()) {
            if (!(each instanceof ScalarNode scalar)) {
                throw RefusedException.of("app.yaml.not-list", path + key, lineOf(each));
            }
            texts.add(scalar.getValue());
        }
        return texts;
    }

    YamlMap map(String key) {
        var map = optionalMap(key);
        if (map == null) {
            throw RefusedException.of("app.yaml.missing", path + key, line);
        }
        return map;
    }

    /** The mappings of a list, which must be there. */
    List<YamlMap> maps(String key) {
        var node = find(key);
        if (node == null) {
            throw RefusedException.of("app.yaml.missing", path + key, line);
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw RefusedException.of("app.yaml.not-list", path + key, lineOf(node));
        }
        var maps = new ArrayList<YamlMap>();
        for (var each : sequence.getValue()) {
            if (!(each instanceof MappingNode mapping)) {
                throw RefusedException.of("app.yaml.not-map", path + key, lineOf(each));
            }
            maps.add(new YamlMap(mapping, path + key + "."));
        }
        return maps;
    }

    @Nullable
    YamlMap optionalMap(String key) {
        var node = find(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw RefusedException.of("app.yaml.not-map", path + key, lineOf(node));
        }
        return new YamlMap(mapping, path + key + ".");
    }

    /** Keys that nobody asked for are mistakes: a misspelt limit would not limit. */
    void refuseOthers() {
        for (var entry : values.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw RefusedException.of(
                        "app.yaml.unknown",
                        path + entry.getKey(),
                        lineOf(entry.getValue().getKeyNode()),
                        String.join(", ", known));
            }
        }
    }

    int line() {
        return line;
    }

    private @Nullable Node find(String key) {
        known.add(key);
        var tuple = values.get(key);
        return tuple == null || tuple.getValueNode().getTag().equals(Tag.NULL) ? null : tuple.getValueNode();
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}

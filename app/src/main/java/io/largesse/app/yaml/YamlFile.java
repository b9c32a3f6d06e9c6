package io.largesse.app.yaml;

import io.largesse.coupons.RefusedException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads small YAML files. No objects are made of them, only nodes, so a file can only say what it is asked for. */
final class YamlFile {

    private static final int MOST_CHARACTERS = 64 * 1024;
    private static final int DEEPEST = 10;

    private YamlFile() {}

    static String content(Path file) {
        try {
            if (Files.size(file) > MOST_CHARACTERS) {
                throw RefusedException.of("app.yaml.too-long", file, MOST_CHARACTERS / 1024);
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw RefusedException.of("app.file.missing", file);
        } catch (MalformedInputException e) {
            throw RefusedException.of("app.yaml.not-utf8", file);
        } catch (IOException e) {
            throw RefusedException.of("app.file.unreadable", file, e.getClass().getSimpleName());
        }
    }

    /** @param name for messages */
    static YamlMap parse(String content, Object name) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        try {
            var node = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(content));
            if (!(node instanceof MappingNode mapping)) {
                throw RefusedException.of("app.yaml.no-keys", name);
            }
            return new YamlMap(mapping, "");
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw RefusedException.of(
                    "app.yaml.malformed", name, mark == null ? 1 : mark.getLine() + 1, e.getProblem());
        } catch (YAMLException e) {
            throw RefusedException.of("app.yaml.malformed", name, 1, String.valueOf(e.getMessage()));
        }
    }
}

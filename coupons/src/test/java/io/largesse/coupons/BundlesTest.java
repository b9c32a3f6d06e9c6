package io.largesse.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The message bundles of all modules against the sources that use them. */
class BundlesTest {

    private static final Path MODULES = Path.of("..");
    private static final Pattern CODE =
            Pattern.compile("[\"'](%s)((?:\\.[a-z0-9-]+)+)(\\.?)[\"']".formatted(String.join("|", modules())));
    /** How a call begins that makes a message of a code and what follows it; the second kind adds an argument itself. */
    private static final Pattern CALL = Pattern.compile(
            "(?:(RefusedException|Message|texts|texts\\(\\))\\s*\\.of|\\b(?:say|note|text)|(refusal))\\s*\\(\\s*$");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)[^}]*}");
    /** Codes that may be missing: the source that asks for them has something else to say then. */
    private static final Set<String> OPTIONAL = Set.of("app.reason.");

    private static final int MANY = 12;

    @Test
    void theSourcesAreFound() {
        assertThat(modules()).contains("coupons", "jobs", "readers", "writers");
        assertThat(uses()).hasSizeGreaterThan(100);
        assertThat(uses()).anyMatch(use -> use.arguments() > 1);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyCodeHasItsTextInBothLanguages(String module) {
        var english = bundle(module, "");
        var chinese = bundle(module, "_zh");

        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        for (var use : uses(module)) {
            if (use.isPrefix() && !OPTIONAL.contains(use.code())) {
                assertThat(english.keySet()).as("%s", use).anyMatch(key -> key.startsWith(use.code()));
            } else if (!use.isPrefix()) {
                assertThat(english).as("%s", use).containsKey(use.code());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void bothLanguagesFillInTheSameArguments(String module) {
        var chinese = bundle(module, "_zh");
        bundle(module, "").forEach((code, text) -> assertThat(placeholders(chinese.getOrDefault(code, "")))
                .as(code)
                .isEqualTo(placeholders(text)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyTextFillsInWhatItShows(String module) {
        for (var language : List.of("", "_zh")) {
            bundle(module, language).forEach((code, text) -> {
                assertThat(flaw(text)).as("%s%s: %s", code, language, text).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyCallGivesTheArgumentsThatItsTextShows(String module) {
        var english = bundle(module, "");
        for (var use : uses(module)) {
            var text = english.get(use.code());
            if (text != null && use.arguments() >= 0 && !placeholders(text).isEmpty()) {
                assertThat(placeholders(text).last()).as("%s: %s", use, text).isLessThan(use.arguments());
            }
        }
    }

    /** These tests can fail: each of the flaws that they look for. */
    @Test
    void aFlawedTextIsNoticed() {
        assertThat(flaw("it''s {0}, not {1}")).isEmpty();
        assertThat(flaw("it's {0}")).contains("apostrophe");
        assertThat(flaw("it is '{0}'")).contains("apostrophe");
        assertThat(flaw("it is ''{0}''")).isEmpty();
        assertThat(flaw("from '' to {0}")).isEmpty();
        assertThat(flaw("number {0,number}")).contains("plain");
        assertThat(flaw("{0} and {2}")).contains("gap");
        assertThat(flaw("{x}")).contains("pattern");
    }

    private static String flaw(String text) {
        if (text.replace("''", "").contains("'")) {
            return "an apostrophe that is not doubled";
        }
        try {
            var arguments =
                    IntStream.range(0, MANY).mapToObj(i -> "<" + i + ">").toArray();
            var filled = new MessageFormat(text, Locale.ENGLISH).format(arguments);
            var shown = placeholders(text);
            if (filled.contains("{")) {
                return "a brace is left: " + filled;
            }
            if (!shown.isEmpty() && shown.size() != shown.last() + 1) {
                return "a gap among the arguments";
            }
            return shown.stream().allMatch(i -> filled.contains("<" + i + ">")) ? "" : "not shown: " + filled;
        } catch (IllegalArgumentException e) {
            return text.contains(",") ? "arguments are texts: use the plain form" : "no pattern: " + e.getMessage();
        }
    }

    private static TreeSet<Integer> placeholders(String text) {
        var found = new TreeSet<Integer>();
        PLACEHOLDER.matcher(text).results().forEach(m -> found.add(Integer.parseInt(m.group(1))));
        return found;
    }

    /** The modules that have bundles: their names begin the codes. */
    static List<String> modules() {
        try (var found = Files.list(MODULES)) {
            return found.map(module -> module.getFileName().toString())
                    .filter(name -> Files.exists(bundleFile(name, "")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path bundleFile(String module, String language) {
        return MODULES.resolve(module)
                .resolve("src/main/resources/io/largesse/" + module + "/messages" + language + ".properties");
    }

    private static Map<String, String> bundle(String module, String language) {
        try (var in = Files.newBufferedReader(bundleFile(module, language))) {
            var properties = new Properties();
            properties.load(in);
            var texts = new TreeMap<String, String>();
            properties.forEach((code, text) -> texts.put((String) code, (String) text));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Use> uses(String module) {
        return uses().stream()
                .filter(use -> use.code().startsWith(module + "."))
                .toList();
    }

    private static List<Use> uses() {
        try (var modules = Files.list(MODULES)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(BundlesTest::sources)
                    .flatMap(BundlesTest::usesIn)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> sources(Path root) {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Use> usesIn(Path file) {
        try {
            var source = Files.readString(file);
            return CODE
                    .matcher(source)
                    .results()
                    .map(m -> {
                        var before = CALL.matcher(source.substring(Math.max(0, m.start() - 80), m.start()));
                        var arguments =
                                before.find() ? arguments(source, m.end()) + (before.group(2) == null ? 0 : 1) : -1;
                        return new Use(file.getFileName().toString(), m.group(1) + m.group(2) + m.group(3), arguments);
                    })
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many arguments follow until the call's parenthesis closes. */
    private static int arguments(String source, int from) {
        int depth = 0;
        int commas = 0;
        boolean quoted = false;
        for (int i = from; depth >= 0; i++) {
            char c = source.charAt(i);
            if (c == '"' && source.charAt(i - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '(' || c == '{' || c == '[' ? 1 : c == ')' || c == '}' || c == ']' ? -1 : 0;
                commas += c == ',' && depth == 0 ? 1 : 0;
            }
        }
        return commas;
    }

    /**
     * A code in a source.
     *
     * @param arguments how many it is given, -1 if that is not to be seen
     */
    private record Use(String file, String code, int arguments) {

        boolean isPrefix() {
            return code.endsWith(".");
        }
    }
}

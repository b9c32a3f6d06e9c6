package io.largesse.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Pattern CODE =
            Pattern.compile("\"(readers\\.(file|sheet|column|header|text|row)\\.[a-z0-9-]+)\"");

    private final Properties english = bundle("messages.properties");
    private final Properties chinese = bundle("messages_zh.properties");

    @Test
    void everyMessageIsThereInBothLanguagesWithTheSameArguments() {
        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (var code : english.stringPropertyNames()) {
            assertThat(arguments(chinese.getProperty(code))).as(code).isEqualTo(arguments(english.getProperty(code)));
            assertThat(chinese.getProperty(code)).as(code).matches("(?s).*\\p{IsHan}.*");
        }
    }

    @Test
    void aQuoteWouldSwitchOffTheArgumentsAfterIt() {
        english.values().forEach(text -> assertThat((String) text).doesNotContain("'"));
        chinese.values().forEach(text -> assertThat((String) text).doesNotContain("'"));
    }

    @Test
    void theSourcesUseEveryMessageAndNoOther() throws IOException {
        var used = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            for (var source : sources.filter(Files::isRegularFile).toList()) {
                CODE.matcher(Files.readString(source)).results().forEach(m -> used.add(m.group(1)));
            }
        }
        assertThat(used).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    }

    private static TreeSet<String> arguments(String text) {
        var arguments = new TreeSet<String>();
        Pattern.compile("\\{(\\d)}").matcher(text).results().forEach(m -> arguments.add(m.group(1)));
        return arguments;
    }

    private static Properties bundle(String name) {
        var properties = new Properties();
        try (var in = MessagesTest.class.getResourceAsStream(name)) {
            properties.load(new InputStreamReader(java.util.Objects.requireNonNull(in), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties;
    }
}

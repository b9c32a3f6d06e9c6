package io.largesse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class UsageTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Cli cli = new Cli(
            new Console(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    100),
            home -> {
                throw new AssertionError("nothing may be started");
            });

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTeachesItself(List<String> command) {
        var words = new ArrayList<>(command);
        words.add("--help");

        assertThat(cli.run(words.toArray(String[]::new))).isZero();

        assertThat(text(out))
                .contains("Usage: largesse", "Exit codes:", "largesse " + String.join(" ", command), "--json");
        assertThat(text(out)).containsAnyOf("Examples:", "Try it:");
        assertThat(text(err)).isEmpty();
    }

    static Stream<List<String>> commands() {
        var console = new Console(System.out, System.err, false, 80);
        var root = new Cli(console, home -> {
                    throw new AssertionError();
                })
                .commandLine(new Largesse());
        return Stream.concat(Stream.of(List.<String>of()), below(root, List.of()));
    }

    private static Stream<List<String>> below(CommandLine command, List<String> path) {
        return command.getSubcommands().entrySet().stream().flatMap(sub -> {
            var longer = Stream.concat(path.stream(), Stream.of(sub.getKey())).toList();
            return Stream.concat(Stream.of(longer), below(sub.getValue(), longer));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "grnat, grant",
        "grant strat x, start",
        "grant start c f --generat, --generate",
        "campaign edit summer --stok 5, --stock",
        "template create, --file",
        "code generate summer, --count",
        "campaign edit summer, --closes",
        "grant start summer, FILE",
        "grant start --checked 1 --again, --checked",
        "grant start c f --max-rejects 101, --max-rejects",
        "grant show seven, seven",
        "demo --users 5, --users",
        "campaign, create",
        "'', demo",
        "campaign list --lang fr, zh"
    })
    void aMistakeExitsWithTwoAndNamesTheRemedy(String line, String hint) {
        assertThat(cli.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);

        assertThat(text(err)).startsWith("largesse: ").contains(hint).contains("--help");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aMistakeIsOneJsonObjectIfAskedFor() {
        assertThat(cli.run("grant", "strat", "--json")).isEqualTo(2);

        assertThat(text(out))
                .startsWith("{\"error\":{\"code\":\"usage\",\"message\":")
                .hasLineCount(1);
        assertThat(text(err)).isEmpty();
    }

    @Test
    void whatWasTypedCannotDriveTheTerminal() {
        cli.run("\u001B]0;gotcha\u0007");

        assertThat(text(err)).doesNotContain("\u001B").doesNotContain("\u0007").contains("gotcha");
    }

    @Test
    void aMissingFileIsRefusedBeforeAnythingStarts() {
        assertThat(cli.run("template", "create", "--file", "no-such.yaml")).isEqualTo(3);
        assertThat(cli.run("grant", "start", "summer", "no-such.xlsx")).isEqualTo(3);

        assertThat(text(err)).contains("no-such.yaml").contains("no-such.xlsx");
    }

    /** Whoever starts the application here gets an error; the process must end by it, not hang with it. */
    @Test
    void anErrorOfTheMachineIsOneLineAndAnExitCode() {
        assertThat(cli.run("campaign", "list", "--lang", "en")).isEqualTo(1);

        assertThat(text(err))
                .startsWith("largesse: failed: nothing may be started (log: ")
                .hasLineCount(1);
    }

    @Test
    void everyTextIsThereInBothLanguages() throws Exception {
        assertThat(keys("messages_zh")).containsExactlyInAnyOrderElementsOf(keys("messages"));
    }

    private static List<String> keys(String bundle) throws Exception {
        var texts = new java.util.Properties();
        try (var in = UsageTest.class.getResourceAsStream("/io/largesse/app/" + bundle + ".properties")) {
            texts.load(new java.io.InputStreamReader(java.util.Objects.requireNonNull(in), StandardCharsets.UTF_8));
        }
        return texts.stringPropertyNames().stream().sorted().toList();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

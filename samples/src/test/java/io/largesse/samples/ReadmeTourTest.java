package io.largesse.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.embedded.EmbeddedServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pastes the commands of the README's tour into a shell, one after the other, on a home that did not exist before. */
class ReadmeTourTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern EXIT = Pattern.compile("# exit (\\d)");
    private static final int SECONDS_OF_A_COMMAND = 300;

    @Test
    @Timeout(1_200)
    void everyCommandOfTheTourDoesWhatThePageSays() throws Exception {
        var here = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tour-");
        Files.createSymbolicLink(here.resolve("largesse"), ROOT.resolve("largesse"));
        Files.createSymbolicLink(here.resolve("samples"), ROOT.resolve("samples"));
        var commands = tour(Files.readString(ROOT.resolve("README.md")));
        assertThat(commands).hasSizeGreaterThan(15);

        // held over the whole tour, so that not each command has to start them
        try (var services = EmbeddedServices.use(here.resolve("home"))) {
            assertThat(services.properties()).isNotEmpty();
            for (var command : commands) {
                var expected = EXIT.matcher(command);
                var exit = expected.find() ? Integer.parseInt(expected.group(1)) : 0;
                var output = Files.createTempFile(here, "output-", ".txt");
                assertThat(run(here, command, output))
                        .as("%s%n%s", command, Files.readString(output))
                        .isEqualTo(exit);
            }
        }

        assertThat(here.resolve("rejects.xlsx")).isNotEmptyFile();
    }

    private static List<String> tour(String readme) {
        var section = readme.substring(readme.indexOf("## A tour"), readme.indexOf("## Your own servers"));
        var commands = new ArrayList<String>();
        var blocks = BLOCK.matcher(section);
        while (blocks.find()) {
            commands.addAll(blocks.group(1).lines().toList());
        }
        return commands;
    }

    private static int run(Path here, String command, Path output) throws IOException, InterruptedException {
        var shell = new ProcessBuilder("bash", "-c", command).directory(here.toFile());
        shell.environment().put("LARGESSE_HOME", here.resolve("home").toString());
        shell.environment().put("LARGESSE_LANG", "en");
        shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // each command ends before a better compiler pays
        shell.environment().put("LARGESSE_OPTS", "-XX:TieredStopAtLevel=1");
        shell.redirectErrorStream(true).redirectOutput(output.toFile());
        var process = shell.start();
        if (!process.waitFor(SECONDS_OF_A_COMMAND, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end of " + command + ":\n" + Files.readString(output));
        }
        return process.exitValue();
    }
}

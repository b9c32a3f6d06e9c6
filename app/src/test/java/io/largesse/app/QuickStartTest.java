package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Help and usage errors must not wait for a framework, nor leave anything behind. */
class QuickStartTest {

    @ParameterizedTest
    @CsvSource({"--help,0", "grant start --help,0", "--version,0", "grnat,2", "grant start --bogus,2", "campaign,2"})
    void neitherSpringNorServicesAreTouched(String line, int code) throws Exception {
        var home = Path.of("target", "never-made");
        var environment = Map.of("LARGESSE_HOME", home.toString());
        try (var child = Child.start(environment, List.of("-verbose:class"), line.split(" "))) {
            assertThat(child.exitCode()).isEqualTo(code);

            var classes = Files.readString(child.out());
            assertThat(classes)
                    .contains("io.largesse.app.cli.Largesse ")
                    .doesNotContain("org.springframework.")
                    .doesNotContain("io.largesse.embedded.EmbeddedServices")
                    .doesNotContain("ch.qos.logback.");
            assertThat(home).doesNotExist();
        }
    }
}

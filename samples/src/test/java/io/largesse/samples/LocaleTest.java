package io.largesse.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher under locales that know no Chinese: lists are found by their names all the same. */
class LocaleTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** The bytes of 名单.csv: this test's own locale may have no such characters either. */
    private static final String NAME = "$'\\xe5\\x90\\x8d\\xe5\\x8d\\x95.csv'";

    @ParameterizedTest
    @CsvSource({
        "POSIX, there is no file 名单.csv. Correct the path",
        "zh_CN.GBK, 文件 名单.csv 不存在，请更正路径",
        "C.UTF-8, there is no file 名单.csv. Correct the path"
    })
    void aFileIsNamedAsItWasTyped(String locale, String answer) throws Exception {
        var here = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "locale-");
        var output = here.resolve("output");
        var words = ROOT.resolve("largesse") + " grant start summer " + NAME;
        var shell = new ProcessBuilder("bash", "-c", words).directory(here.toFile());
        shell.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LARGESSE_LANG"));
        shell.environment().putAll(Map.of("LC_ALL", locale, "JAVA_HOME", System.getProperty("java.home")));
        var process =
                shell.redirectErrorStream(true).redirectOutput(output.toFile()).start();

        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output)).endsWith("largesse: " + answer + "\n");
        assertThat(process.exitValue()).isEqualTo(3);
    }
}

package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theFirstUseMakesAKeyThatOnlyItsOwnerReads() throws Exception {
        var file = folder.resolve("keys").resolve("codes.keys");

        var keys = new KeyFile(file, true).read();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(keys.fingerprint(LocalDate.of(2000, 1, 1))).isPresent();
        assertThat(new KeyFile(file, true).read().fingerprint()).isEqualTo(keys.fingerprint());
    }

    @Test
    void manyFirstUsesAtOnceMakeOneKey() throws Exception {
        var file = folder.resolve("codes.keys");
        var starts = new ArrayList<Callable<CodeKeys>>();
        for (int i = 0; i < 8; i++) {
            starts.add(() -> new KeyFile(file, true).read());
        }
        var threads = Executors.newFixedThreadPool(starts.size());
        try {
            var fingerprints = new ArrayList<String>();
            for (var read : threads.invokeAll(starts)) {
                fingerprints.add(read.get().fingerprint());
            }
            assertThat(fingerprints.stream().distinct()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFileThatWasNamedIsNeverMade() {
        var file = folder.resolve("elsewhere.keys");

        assertThatThrownBy(() -> new KeyFile(file, false).read())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).doesNotExist();
    }
}

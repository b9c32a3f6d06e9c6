package io.largesse.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StringStoreTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 3_000_000, 1 << 30})
    void whatWentInComesOutFromMemoryAndDisk(int inMemory) throws Exception {
        var random = new Random(1);
        var expected = new ArrayList<String>();
        try (var store = new StringStore(dir, inMemory)) {
            for (var i = 0; i < 200_000; i++) {
                var text = (i % 3 == 0 ? "用户😀" : "user") + "x".repeat(random.nextInt(i % 1000 == 0 ? 1500 : 40)) + i;
                expected.add(i % 7 == 0 ? "" : text);
                store.add(expected.get(i));
            }
            for (var n = 0; n < 300_000; n++) {
                var i = n < 200_000 ? n : random.nextInt(200_000);
                assertThat(store.get(i)).isEqualTo(expected.get(i));
            }
            assertThat(store.count()).isEqualTo(200_000);
        }
    }

    @Test
    void theTemporaryFileIsGoneAfterwards() throws Exception {
        try (var store = new StringStore(dir, 0)) {
            store.add("u1");
        }
        try (var files = Files.list(dir)) {
            assertThat(files).isEmpty();
        }
    }
}

package io.largesse.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3ObjectStoreTest {

    private final String prefix = "test-" + UUID.randomUUID() + "/";
    private S3ObjectStore store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = new S3ObjectStore(Store.settings());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.txt", "用户 名单 (夏季).xlsx", "a b/c+d&e=f;g%20h?i#j.csv", "🎉", "~tilde'quote\"$@!*,"})
    void whatWasPutIsFetchedUnderAnyName(String name) throws IOException {
        var key = prefix + name;
        store.put(key, file("the first"));
        assertThat(fetched(key)).hasContent("the first");
        store.put(key, file("the second, 第二"));
        assertThat(fetched(key)).hasContent("the second, 第二");
        store.remove(key);
        assertThatThrownBy(() -> fetched(key)).isInstanceOf(NoSuchFileException.class);
        store.remove(key);
    }

    /** One more than S3 gives at once, and names that need care on the way. */
    @Test
    void allNamesAreListedPageByPage() throws Exception {
        var odd = List.of("a b+c%20&d.csv", "用户名单.xlsx", "line\nbreak", "bell\u0007", "🎉.done", "sub/folder.csv");
        var names = Stream.concat(
                        odd.stream(), IntStream.range(0, 1_001 - odd.size()).mapToObj("n%04d"::formatted))
                .map(name -> prefix + name)
                .toList();
        var empty = file("");
        var putting = Executors.newFixedThreadPool(8);
        for (var put : putting.invokeAll(
                names.stream().map(name -> putting(name, empty)).toList())) {
            put.get();
        }
        putting.shutdown();
        store.put("test-other/x", empty);

        var first = store.list(prefix, "");
        var second = store.list(prefix, first.get(first.size() - 1));

        assertThat(first).hasSize(1_000);
        assertThat(second).hasSize(1);
        assertThat(Stream.concat(first.stream(), second.stream())).containsExactlyInAnyOrderElementsOf(names);
        assertThat(store.list(prefix, second.get(0))).isEmpty();
        assertThat(store.list(prefix + "nothing", "")).isEmpty();
    }

    private Callable<Boolean> putting(String key, Path file) {
        return () -> {
            store.put(key, file);
            return true;
        };
    }

    @Test
    void anObjectTellsItsSizeAndWhetherItWasWrittenAnew() throws IOException {
        var key = prefix + "用户 (1).csv";
        assertThat(store.find(key)).isEmpty();
        store.put(key, file("first"));
        var first = store.find(key).orElseThrow();
        assertThat(first.bytes()).isEqualTo(5);
        assertThat(store.find(key)).contains(first);

        store.put(key, file("other"));

        assertThat(store.find(key).orElseThrow().tag()).isNotEqualTo(first.tag());
        assertThat(store.removeUnchanged(key, first.tag())).isFalse();
        assertThat(fetched(key)).hasContent("other");
        assertThat(store.removeUnchanged(key, store.find(key).orElseThrow().tag()))
                .isTrue();
        assertThat(store.find(key)).isEmpty();
        assertThat(store.removeUnchanged(key, first.tag())).as("gone already").isTrue();
    }

    @Test
    void aCopyStandsBesideTheFirst() throws IOException {
        store.put(prefix + "from", file("content"));
        store.copy(prefix + "from", prefix + "用户 名单.csv");
        store.copy(prefix + "from", prefix + "用户 名单.csv");
        assertThat(fetched(prefix + "用户 名单.csv")).hasContent("content");
        assertThat(fetched(prefix + "from")).hasContent("content");
        assertThatThrownBy(() -> store.copy(prefix + "none", prefix + "to"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(prefix + "none");
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        store.putOnce(prefix + "empty", file(""));
        store.putOnce(prefix + "empty", file(""));
        assertThat(fetched(prefix + "empty")).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WHEN_REQUIRED", "WHEN_SUPPORTED"})
    void bothWaysOfChecksumsWork(String checksums) throws IOException {
        try (var other = new S3ObjectStore(Store.settings(Map.of("checksums", checksums)))) {
            other.check();
            other.putOnce(prefix + "sum", file("content"));
            other.fetch(prefix + "sum", folder.resolve("sum"));
            assertThat(folder.resolve("sum")).hasContent("content");
        }
    }

    @Test
    void aNameIsWrittenOnce() throws IOException {
        var key = prefix + "once";
        store.putOnce(key, file("first"));
        store.putOnce(key, file("other"));
        assertThat(fetched(key)).hasContent("first");
    }

    @Test
    void anObjectOfAnotherSizeUnderTheNameIsAnError() throws IOException {
        var key = prefix + "cut";
        store.putOnce(key, file("first"));
        assertThatIOException()
                .isThrownBy(() -> store.putOnce(key, file("longer")))
                .withMessageContainingAll("5 bytes", "has 6", "nothing was stored");
        assertThat(fetched(key)).hasContent("first");
    }

    /** Past the look before, at the store's own guard. */
    @Test
    void theStoreItselfRefusesASecondWriter() throws IOException {
        var settings = Store.settings();
        try (var connection = new S3Connection(settings, Patience.NORMAL)) {
            for (var file : new Path[] {file("small"), random(Upload.LARGE + 1)}) {
                var work = new Upload.Work(prefix + Files.size(file), file, true);
                new Upload(connection.client(), settings, Patience.NORMAL, work).run();
                assertThatThrownBy(() -> new Upload(connection.client(), settings, Patience.NORMAL, work).run())
                        .hasMessageContaining("412");
            }
            assertThat(connection
                            .client()
                            .listMultipartUploads(r -> r.bucket(settings.bucket()))
                            .uploads())
                    .noneMatch(upload -> upload.key().startsWith(prefix));
        }
    }

    @Test
    void ofEightWritersOfOneNameOneWritesAndAllAreContent() throws Exception {
        var key = prefix + "race";
        var start = new CyclicBarrier(8);
        var writers = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 8; i++) {
            var file = file("writer " + i);
            writers.add(() -> {
                start.await();
                store.putOnce(key, file);
                assertThat(fetched(key)).content().startsWith("writer ");
                return null;
            });
        }
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (var done : threads.invokeAll(writers)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        var winner = Files.readString(fetched(key));
        store.putOnce(key, file("writer x"));
        assertThat(fetched(key)).hasContent(winner);
    }

    @Test
    void aLargeFileTravelsInPartsAndComesBackWhole() throws Exception {
        var key = prefix + "large";
        var large = random((80L << 20) + 12_345);
        store.putOnce(key, large);
        assertThat(sha256(fetched(key))).isEqualTo(sha256(large));
        store.putOnce(key, large);
        store.remove(key);
    }

    @Test
    void aMissingObjectLeavesTheFileAsItWasAndNothingBesideIt() throws IOException {
        var target = Files.writeString(folder.resolve("target"), "old");
        assertThatThrownBy(() -> store.fetch(prefix + "none", target))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(prefix + "none");
        assertThat(target).hasContent("old");
        assertThat(folder).isDirectoryContaining("glob:**target").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aMissingFileIsAnIOExceptionToo() {
        assertThatThrownBy(() -> store.put(prefix + "x", folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.putOnce(prefix + "x", folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aMissingBucketIsRefusedByName() throws IOException {
        try (var other = new S3ObjectStore(Store.settings(Map.of("bucket", "not-there")))) {
            for (var action : new Action[] {
                other::check,
                () -> other.put("a", file("x")),
                () -> other.putOnce("a", file("x")),
                () -> other.put("a", random(Upload.LARGE + 1)),
                () -> other.fetch("a", folder.resolve("a"))
            }) {
                assertThatIOException()
                        .isThrownBy(action::run)
                        .withMessageContainingAll("bucket not-there", "no such bucket", "largesse.store.bucket");
            }
        }
    }

    @Test
    void aWrongSecretIsNamedAsSuchAndNeverShown() throws IOException {
        var settings = Store.settings(Map.of("secretKey", "not-the-secret"));
        assertThat(settings.toString()).doesNotContain("not-the-secret");
        try (var other = new S3ObjectStore(settings)) {
            for (var action : new Action[] {
                other::check,
                () -> other.put("a", file("x")),
                () -> other.putOnce("a", file("x")),
                () -> other.put("a", random(30 << 20)),
                () -> other.put("a", random(Upload.LARGE + 1)),
                () -> other.fetch("a", folder.resolve("a")),
                () -> other.remove("a")
            }) {
                assertThatIOException()
                        .isThrownBy(action::run)
                        .withMessageContainingAll("answered 403", "largesse.store.access-key", "nothing")
                        .satisfies(e -> assertThat(e.toString()).doesNotContain("not-the-secret"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a//b", "a/../b", "./a", "a/"})
    void aNameThatWouldFoldIntoAnotherIsRefused(String key) throws IOException {
        var file = file("x");
        assertThatIllegalArgumentException().isThrownBy(() -> store.put(key, file));
        assertThatIllegalArgumentException().isThrownBy(() -> store.putOnce(key, file));
        assertThatIllegalArgumentException().isThrownBy(() -> store.fetch(key, folder.resolve("y")));
        assertThatIllegalArgumentException().isThrownBy(() -> store.remove(key));
        assertThatIllegalArgumentException().isThrownBy(() -> store.find(key));
        assertThatIllegalArgumentException().isThrownBy(() -> store.copy(prefix + "x", key));
        assertThatIllegalArgumentException().isThrownBy(() -> store.removeUnchanged(key, "x"));
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void settingsNameWhatIsWrongWithThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Store.settings(Map.of("endpoint", "ftp://x")))
                .withMessageContaining("largesse.store.endpoint");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Store.settings(Map.of("bucket", " ")))
                .withMessageContaining("largesse.store.bucket");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Store.settings(Map.of("encryption", "rot13")))
                .withMessageContaining("largesse.store.encryption");
    }

    private interface Action {
        void run() throws IOException;
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "upload", ""), content);
    }

    private Path random(long size) throws IOException {
        var file = Files.createTempFile(folder, "random", "");
        var random = new Random(size);
        var bytes = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= bytes.length) {
                random.nextBytes(bytes);
                out.write(bytes, 0, (int) Math.min(left, bytes.length));
            }
        }
        return file;
    }

    private Path fetched(String key) throws IOException {
        var target = folder.resolve("fetched-" + UUID.randomUUID());
        store.fetch(key, target);
        return target;
    }

    private static String sha256(Path file) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        try (var in = Files.newInputStream(file)) {
            var bytes = new byte[1 << 16];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                digest.update(bytes, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

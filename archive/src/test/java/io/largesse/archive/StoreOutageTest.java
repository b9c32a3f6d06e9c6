package io.largesse.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StoreOutageTest {

    private static final Patience SHORT = patience(Duration.ofMillis(300));

    /** For stores that do answer: long enough for a busy machine. */
    private static final Patience NORMAL = patience(Duration.ofSeconds(20));

    private static final String FREE = Stub.answer(404, "");

    @TempDir
    Path folder;

    private static Patience patience(Duration silence) {
        return new Patience(Duration.ofSeconds(2), silence, 32 << 20, 2, Duration.ofMillis(5));
    }

    @BeforeAll
    static void servicesMayTakeTheirTime() {
        Store.settings();
    }

    @Test
    void nobodyAtTheEndpoint() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var settings = Store.settings(Map.of("endpoint", "http://127.0.0.1:" + port));
        try (var store = new S3ObjectStore(settings)) {
            assertThatIOException()
                    .isThrownBy(() -> store.putOnce("a", file(10)))
                    .withMessageContainingAll(
                            "127.0.0.1:" + port,
                            "did not answer",
                            "largesse.store.endpoint",
                            "nothing was stored under a");
            assertThatIOException().isThrownBy(store::check).withMessageContaining("nothing can be stored");
        }
    }

    @Test
    void aStoreThatKeepsSilentIsGivenUp() throws IOException {
        try (var stub = new Stub(Stub.SILENCE);
                var store = new S3ObjectStore(stub.settings(), SHORT)) {
            assertThatIOException().isThrownBy(store::check).withMessageContaining("did not answer");
            assertThat(stub.requestsOnceThereAre(2)).isEqualTo(2);
            var target = folder.resolve("target");
            assertThatIOException()
                    .isThrownBy(() -> store.fetch("a", target))
                    .withMessageContaining("nothing was fetched under a");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aStoreThatStopsReadingIsGivenUp() throws IOException {
        try (var stub = new Stub(FREE, Stub.SILENCE);
                var store = new S3ObjectStore(stub.settings(), SHORT)) {
            assertThatIOException()
                    .isThrownBy(() -> store.put("a", file(20 << 20)))
                    .withMessageContainingAll("did not answer", "nothing was stored under a");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsReadAgain() throws IOException {
        var cut = Stub.answer(200, "Content-Length: 10\r\n") + "01234";
        var whole = Stub.answer(200, "Content-Length: 10\r\n") + "0123456789";
        var target = Files.writeString(folder.resolve("target"), "old");
        try (var stub = new Stub(cut, whole);
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            store.fetch("a", target);
            assertThat(target).hasContent("0123456789");
        }
        try (var stub = new Stub(cut);
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            assertThatIOException()
                    .isThrownBy(() -> store.fetch("a", target))
                    .withMessageContainingAll("expected: 10; received: 5", "nothing was fetched");
            assertThat(target).hasContent("0123456789");
        }
    }

    @Test
    void aConflictIsTriedAgainAndAFasterWriterIsSuccess() throws IOException {
        var conflict = Stub.answer(409, "Content-Length: 0\r\n");
        var taken = Stub.answer(412, "Content-Length: 0\r\n");
        var there = Stub.answer(200, "Content-Length: 10\r\n");
        try (var stub = new Stub(FREE, conflict, FREE, taken, there);
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            store.putOnce("a", file(10));
            assertThat(stub.requests()).isEqualTo(5);
        }
        try (var stub = new Stub(FREE, taken, there);
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            assertThatIOException()
                    .isThrownBy(() -> store.putOnce("a", file(11)))
                    .withMessageContaining("holds 10 bytes");
        }
    }

    @Test
    void conflictsWithoutEndAreGivenUp() throws IOException {
        var conflict = Stub.answer(409, "Content-Length: 0\r\n");
        try (var stub = new Stub(
                        FREE, conflict, FREE, conflict, FREE, conflict, FREE, conflict, FREE, conflict, FREE,
                        conflict);
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            assertThatIOException()
                    .isThrownBy(() -> store.putOnce("a", file(10)))
                    .withMessageContainingAll("answered 409", "nothing was stored");
        }
    }

    @Test
    void anOverloadedStoreIsTriedAgainThenNamed() throws IOException {
        try (var stub = new Stub(Stub.answer(503, "Content-Length: 0\r\n"));
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            assertThatIOException()
                    .isThrownBy(() -> store.remove("a"))
                    .withMessageContainingAll("answered 503", "try again later", "nothing was removed");
            assertThat(stub.requests()).isEqualTo(2);
        }
    }

    @Test
    void aPageThatIsEmptyIsNotTheEnd() throws IOException {
        var head =
                "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><EncodingType>url</EncodingType>";
        var empty = head + "<IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken>"
                + "</ListBucketResult>";
        var last = head + "<IsTruncated>false</IsTruncated><Contents><Key>a%20b</Key></Contents></ListBucketResult>";
        try (var stub = new Stub(page(empty), page(last));
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            assertThat(store.list("a", "")).containsExactly("a b");
            assertThat(stub.heads().get(1)).contains("continuation-token=next", "encoding-type=url");
        }
    }

    private static String page(String content) {
        return Stub.answer(200, "Content-Type: application/xml\r\nContent-Length: " + content.length() + "\r\n")
                + content;
    }

    /** It came between the look and the removal; and a store that refuses says what that means. */
    @Test
    void whatWasWrittenAnewInThisMomentStays() throws IOException {
        var there = Stub.answer(200, "Content-Length: 10\r\nETag: \"abc\"\r\n");
        var changed = Stub.answer(412, "Content-Length: 0\r\n");
        try (var stub = new Stub(there, changed);
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            assertThat(store.removeUnchanged("a", "\"abc\"")).isFalse();
            assertThat(stub.heads().get(1)).startsWith("delete ").contains("if-match: \"abc\"");
        }
        var untagged = Stub.answer(200, "Content-Length: 10\r\nLast-Modified: Sat, 28 Nov 2026 09:00:00 GMT\r\n");
        var later = untagged.replace("09:00", "09:01");
        try (var stub = new Stub(untagged, later, later, Stub.answer(204, ""));
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            var seen = store.find("a").orElseThrow().tag();
            assertThat(store.removeUnchanged("a", seen)).as("without an ETag").isFalse();
            assertThat(store.removeUnchanged("a", seen.replace("09:00", "09:01")))
                    .isTrue();
            assertThat(stub.heads().get(3)).startsWith("delete ").doesNotContain("if-match");
        }
        try (var stub = new Stub(Stub.answer(503, "Content-Length: 0\r\n"));
                var store = new S3ObjectStore(stub.settings(), NORMAL)) {
            assertThatIOException()
                    .isThrownBy(() -> store.removeUnchanged("a", "x"))
                    .withMessageContainingAll("answered 503", "nothing was removed");
            assertThatIOException()
                    .isThrownBy(() -> store.list("inbox/", ""))
                    .withMessageContainingAll("answered 503", "nothing was listed");
            assertThatIOException()
                    .isThrownBy(() -> store.find("a"))
                    .withMessageContainingAll("answered 503", "nothing was looked up");
            assertThatIOException().isThrownBy(() -> store.copy("a", "b")).withMessageContainingAll("answered 503");
        }
    }

    @Test
    void aThreadThatIsAskedToStopStops() throws Exception {
        try (var stub = new Stub(Stub.SILENCE);
                var store = new S3ObjectStore(stub.settings())) {
            Thread.currentThread().interrupt();
            assertThatIOException().isThrownBy(store::check).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void encryptionIsAskedForInEveryKindOfUpload() throws IOException {
        var stored = Stub.answer(200, "Content-Length: 0\r\n");
        var refused = Stub.answer(400, "Content-Length: 0\r\n");
        try (var stub = new Stub(stored, FREE, refused);
                var store = new S3ObjectStore(stub.settings("AES256"), NORMAL)) {
            store.put("small", file(10));
            assertThatIOException().isThrownBy(() -> store.put("large", file((int) Upload.LARGE + 1)));
            assertThat(stub.heads().get(0)).startsWith("put ").contains("x-amz-server-side-encryption: aes256");
            assertThat(stub.heads().get(2)).startsWith("post ").contains("x-amz-server-side-encryption: aes256");
        }
    }

    private Path file(int size) throws IOException {
        return Files.write(Files.createTempFile(folder, "file", ""), new byte[size]);
    }
}

package io.largesse.archive;

import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.StoredObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The object store, spoken to by the S3 protocol. Usable by several threads; connects when first used.
 *
 * <p>Time: connecting may take 2 s, silence 30 s, an upload 30 s plus a second for each 256 KB, each tried three times.
 * Memory: a buffer an operation, whatever the file's size. Every {@link IOException} says what it means and what to do.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {

    private static final int CONFLICTS = 5;
    private static final int MAX_KEY_BYTES = 1024;
    private static final int PAGE = 1_000; // the most that S3 gives

    /** Bytes from which a store may hang up on a writer that it refuses; a question without content gets the answer. */
    private static final long ASKED_FIRST = 1 << 16;

    private final StoreSettings settings;
    private final Patience patience;
    private final S3Connection connection;
    private final StoreFailure failure;

    public S3ObjectStore(StoreSettings settings) {
        this(settings, Patience.NORMAL);
    }

    S3ObjectStore(StoreSettings settings, Patience patience) {
        this.settings = settings;
        this.patience = patience;
        this.connection = new S3Connection(settings, patience);
        this.failure = new StoreFailure(settings);
    }

    /** Whether the bucket is there and ours to use; throws IOException if not. */
    public void check() throws IOException {
        try {
            connection.client().headBucket(r -> r.bucket(settings.bucket()).overrideConfiguration(patience.within(0)));
        } catch (NoSuchBucketException e) {
            throw new IOException(
                    settings.place() + " has no such bucket: create it, or correct largesse.store.bucket", e);
        } catch (SdkException e) {
            throw failure.of(e, "nothing can be stored", settings.bucket());
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>An object that stands there already must have the file's size, else IOException. Of several writers at once, one
     * writes.
     */
    @Override
    public void putOnce(String key, Path file) throws IOException {
        try {
            for (int conflicts = 0; !isThere(requireKey(key), file); conflicts++) {
                if (uploadedUnlessTaken(key, file, conflicts)) {
                    return;
                }
            }
        } catch (SdkException e) {
            throw failure.of(e, "nothing was stored", key);
        }
    }

    /** 412 says that another writer was faster, 409 that one is writing now. */
    private boolean uploadedUnlessTaken(String key, Path file, int conflicts) throws IOException {
        try {
            upload(key, file, true);
            return true;
        } catch (S3Exception e) {
            if ((e.statusCode() != 412 && e.statusCode() != 409) || conflicts == CONFLICTS) {
                throw e;
            }
            if (e.statusCode() == 409) {
                pause(patience.conflict().toMillis() << conflicts);
            }
            return false;
        }
    }

    private void upload(String key, Path file, boolean once) throws IOException {
        new Upload(connection.client(), settings, patience, new Upload.Work(key, file, once)).run();
    }

    private boolean isThere(String key, Path file) throws IOException {
        var stored = size(key);
        if (stored.isPresent() && stored.getAsLong() != Files.size(file)) {
            throw new IOException(settings.place() + " holds " + stored.getAsLong() + " bytes under " + key + ", but "
                    + file.getFileName() + " has " + Files.size(file)
                    + "; nothing was stored. Two files share a name, or one was cut: compare them, then remove one");
        }
        return stored.isPresent();
    }

    private OptionalLong size(String key) {
        var stored = look(key);
        return stored.isPresent() ? OptionalLong.of(stored.get().bytes()) : OptionalLong.empty();
    }

    private Optional<StoredObject> look(String key) {
        try {
            var head = connection
                    .client()
                    .headObject(r -> r.bucket(settings.bucket()).key(key).overrideConfiguration(patience.within(0)));
            return Optional.of(new StoredObject(key, head.contentLength(), tag(head)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Not all stores have an ETag for each object: files that were put into the folder of an embedded one have none. */
    private static String tag(HeadObjectResponse head) {
        return head.eTag() != null ? head.eTag() : head.contentLength() + " bytes of " + head.lastModified();
    }

    @Override
    public void put(String key, Path file) throws IOException {
        try {
            if (Files.size(file) > ASKED_FIRST) {
                size(requireKey(key));
            }
            upload(requireKey(key), file, false);
        } catch (SdkException e) {
            throw failure.of(e, "nothing was stored", key);
        }
    }

    /** {@inheritDoc} The file is replaced when the object is complete; if anything fails, it stays as it was. */
    @Override
    public void fetch(String key, Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var part = Files.createTempFile(folder, file.getFileName() + ".", ".part");
        try {
            connection.client().getObject(r -> r.bucket(settings.bucket()).key(requireKey(key)), new Download(part));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (SdkException e) {
            throw failure.of(e, "nothing was fetched", key);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void remove(String key) throws IOException {
        try {
            connection.client().deleteObject(r -> r.bucket(settings.bucket())
                    .key(requireKey(key))
                    .overrideConfiguration(patience.within(0)));
        } catch (SdkException e) {
            throw failure.of(e, "nothing was removed", key);
        }
    }

    /** {@inheritDoc} A page of the store's may be empty and not the last; then the next one is asked for. */
    @Override
    public List<String> list(String prefix, String after) throws IOException {
        try {
            String next = null;
            do {
                var token = next;
                var page = connection.client().listObjectsV2(r -> r.bucket(settings.bucket())
                        .prefix(prefix)
                        .startAfter(after.isEmpty() ? null : after)
                        .continuationToken(token)
                        .encodingType(EncodingType.URL) // XML cannot carry each character that a name may have
                        .maxKeys(PAGE)
                        .overrideConfiguration(patience.within(0)));
                if (page.hasContents() && !page.contents().isEmpty()) {
                    return page.contents().stream().map(S3Object::key).toList();
                }
                next = page.nextContinuationToken();
            } while (next != null);
            return List.of();
        } catch (SdkException e) {
            throw failure.of(e, "nothing was listed", prefix);
        }
    }

    @Override
    public Optional<StoredObject> find(String key) throws IOException {
        try {
            return look(requireKey(key));
        } catch (SdkException e) {
            throw failure.of(e, "nothing was looked up", key);
        }
    }

    @Override
    public void copy(String from, String to) throws IOException {
        var bytes = find(from).map(StoredObject::bytes).orElse(0L);
        try {
            connection.client().copyObject(r -> r.sourceBucket(settings.bucket())
                    .sourceKey(from)
                    .destinationBucket(settings.bucket())
                    .destinationKey(requireKey(to))
                    .serverSideEncryption(settings.encryption())
                    .overrideConfiguration(patience.within(bytes)));
        } catch (SdkException e) {
            throw failure.of(e, "nothing was copied to " + to, from);
        }
    }

    @Override
    public boolean removeUnchanged(String key, String tag) throws IOException {
        try {
            var now = look(requireKey(key));
            if (now.isEmpty() || !now.get().tag().equals(tag)) {
                return now.isEmpty();
            }
            connection.client().deleteObject(r -> r.bucket(settings.bucket())
                    .key(key)
                    .ifMatch(tag.startsWith("\"") ? tag : null)
                    .overrideConfiguration(patience.within(0)));
            return true;
        } catch (NoSuchKeyException e) {
            return true; // somebody was faster
        } catch (SdkException e) {
            if (e instanceof S3Exception answer && answer.statusCode() == 412) {
                return false;
            }
            throw failure.of(e, "nothing was removed", key);
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Dots and empty segments would be folded on the way: such a name would mean another object. */
    private static String requireKey(String key) {
        boolean folds = Arrays.stream(key.split("/", -1)).anyMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
        if (folds || key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "not a name for an object (1 to 1024 bytes, no empty, . or .. segment): " + key);
        }
        return key;
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("nothing was stored: the thread was asked to stop");
            stopped.initCause(e);
            throw stopped;
        }
    }
}

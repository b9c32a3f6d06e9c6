package io.largesse.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** One file on its way to one name: in one request, or in parts if it is large. Nothing is visible before its end. */
final class Upload {

    static final long LARGE = 64L << 20;
    private static final long PART = 16L << 20;
    private static final int MOST_PARTS = 10_000; // S3's own limit

    /** @param once refuses (412) to replace an object that stands under the name */
    record Work(String key, Path file, boolean once) {}

    private final S3Client client;
    private final String bucket;
    private final @Nullable String encryption;
    private final Patience patience;
    private final String key;
    private final Path file;
    private final long size;
    private final @Nullable String ifNoneMatch;

    Upload(S3Client client, StoreSettings settings, Patience patience, Work work) throws IOException {
        this.client = client;
        this.bucket = settings.bucket();
        this.encryption = settings.encryption();
        this.patience = patience;
        this.key = work.key();
        this.file = work.file();
        this.size = Files.size(file);
        this.ifNoneMatch = work.once() ? "*" : null;
    }

    void run() {
        if (size > LARGE) {
            inParts();
        } else {
            client.putObject(
                    r -> r.bucket(bucket)
                            .key(key)
                            .ifNoneMatch(ifNoneMatch)
                            .serverSideEncryption(encryption)
                            .overrideConfiguration(patience.within(size)),
                    new FileRange(file, 0, size).body());
        }
    }

    private void inParts() {
        var id = client.createMultipartUpload(r -> r.bucket(bucket)
                        .key(key)
                        .serverSideEncryption(encryption)
                        .overrideConfiguration(patience.within(0)))
                .uploadId();
        try {
            var parts = new ArrayList<CompletedPart>();
            long length = Math.max(PART, (size + MOST_PARTS - 1) / MOST_PARTS);
            for (long offset = 0; offset < size; offset += length) {
                parts.add(part(id, parts.size() + 1, new FileRange(file, offset, Math.min(length, size - offset))));
            }
            client.completeMultipartUpload(r -> r.bucket(bucket)
                    .key(key)
                    .uploadId(id)
                    .ifNoneMatch(ifNoneMatch)
                    .multipartUpload(m -> m.parts(parts))
                    .overrideConfiguration(patience.within(size)));
        } catch (RuntimeException e) {
            abort(id, e);
            throw e;
        }
    }

    private CompletedPart part(String id, int number, FileRange range) {
        var answer = client.uploadPart(
                r -> r.bucket(bucket)
                        .key(key)
                        .uploadId(id)
                        .partNumber(number)
                        .overrideConfiguration(patience.within(range.length())),
                range.body());
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .build();
    }

    /** Parts that were not put together cost space until they are aborted; the bucket's lifecycle rule gets the rest. */
    private void abort(String id, RuntimeException why) {
        try {
            client.abortMultipartUpload(
                    r -> r.bucket(bucket).key(key).uploadId(id).overrideConfiguration(patience.within(0)));
        } catch (SdkException e) {
            why.addSuppressed(e);
        }
    }
}

package io.largesse.archive;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the object store is and how it wants to be spoken to.
 *
 * @param endpoint http or https, without the bucket; null for AWS, whose address follows from the region
 * @param region as signed into requests; stores other than AWS mostly take {@code us-east-1}
 * @param bucket which must exist
 * @param pathStyle true sends {@code /bucket/key}, which stores other than AWS mostly want; false sends
 *     {@code bucket.endpoint/key}
 * @param checksums WHEN_REQUIRED for stores that refuse the SDK's CRC headers
 * @param encryption by the store, {@code AES256} or {@code aws:kms} (with the bucket's key); null leaves it to the bucket
 */
public record StoreSettings(
        @Nullable URI endpoint,
        String region,
        String bucket,
        String accessKey,
        String secretKey,
        boolean pathStyle,
        Checksums checksums,
        @Nullable String encryption) {

    private static final Set<String> ENCRYPTIONS = Set.of("AES256", "aws:kms");

    /** When requests carry a CRC of their content, and answers are checked against theirs. */
    public enum Checksums {
        WHEN_REQUIRED,
        WHEN_SUPPORTED
    }

    public StoreSettings {
        if (endpoint != null && !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new IllegalArgumentException(
                    "largesse.store.endpoint must begin with http:// or https://: " + endpoint);
        }
        requireText("region", region);
        requireText("bucket", bucket);
        requireText("access-key", accessKey);
        requireText("secret-key", secretKey);
        if (encryption != null && !ENCRYPTIONS.contains(encryption)) {
            throw new IllegalArgumentException(
                    "largesse.store.encryption must be AES256 or aws:kms, or be left out: " + encryption);
        }
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("largesse.store." + name + " is empty");
        }
    }

    /** The bucket and its place, for messages. */
    String place() {
        return "the object store at " + (endpoint == null ? "AWS " + region : endpoint) + " (bucket " + bucket + ")";
    }

    @Override
    public String toString() {
        return "StoreSettings[endpoint=" + endpoint + ", region=" + region + ", bucket=" + bucket + ", accessKey="
                + accessKey + ", secretKey=***, pathStyle=" + pathStyle + ", checksums=" + checksums + ", encryption="
                + encryption + "]";
    }
}

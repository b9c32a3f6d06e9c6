package io.largesse.app;

import io.largesse.archive.StoreSettings;
import io.largesse.archive.StoreSettings.Checksums;
import io.largesse.jobs.JobSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of Largesse, {@code largesse.*}. They come from the environment ({@code LARGESSE_POOLS_SHARDS}), from
 * {@code application.yaml} in the home, or as {@code -Dlargesse.pools.shards=16} in LARGESSE_OPTS.
 *
 * @param home where data, keys and logs are; set by the command line
 * @param processName what this process calls itself as an owner of runs; made anew for each process
 */
@ConfigurationProperties("largesse")
record LargesseSettings(
        Path home,
        String processName,
        @DefaultValue PoolSettings pools,
        @DefaultValue CodeSettings codes,
        @DefaultValue Jobs jobs,
        Store store) {

    /** @param shards over which each pool is spread, 1 to 64; recorded at the first start, and fixed from then on */
    record PoolSettings(@DefaultValue("8") int shards) {}

    /**
     * @param keysFile the secret keys of opaque codes; made as {@code keys/codes.keys} in the home if this is not set.
     *     All nodes of an installation need the same file.
     */
    record CodeSettings(@Nullable Path keysFile) {}

    /**
     * @param workers partitions worked on at once, 1 to 8: each holds a connection to the database, of which there are 12
     * @param chunk coupons or rows of one transaction, 100 to 50,000
     * @param lease how long a process that has fallen silent keeps its runs, 2 s to 10 min; the same on all nodes
     */
    record Jobs(
            @DefaultValue("" + JobSettings.DEFAULT_WORKERS) int workers,
            @DefaultValue("" + JobSettings.DEFAULT_CHUNK) int chunk,
            @DefaultValue("20s") Duration lease) {

        Jobs {
            if (workers < 1 || workers > 8) {
                throw new IllegalArgumentException("largesse.jobs.workers must be 1 to 8, not " + workers);
            }
        }
    }

    /**
     * The object store of uploads and reports.
     *
     * @param endpoint its http or https address, or {@code aws}, whose address follows from the region
     * @param region as signed into requests
     * @param bucket which must exist
     * @param pathStyle true sends {@code /bucket/key}, false {@code bucket.endpoint/key}
     * @param checksums when-required for stores that refuse the SDK's CRC headers, else when-supported
     * @param encryption by the store: {@code AES256}, {@code aws:kms}, or not set
     */
    record Store(
            String endpoint,
            @DefaultValue("us-east-1") String region,
            String bucket,
            String accessKey,
            String secretKey,
            @DefaultValue("true") boolean pathStyle,
            @DefaultValue("when-required") Checksums checksums,
            @Nullable String encryption) {

        StoreSettings settings() {
            return new StoreSettings(
                    "aws".equals(endpoint) ? null : URI.create(endpoint),
                    region,
                    bucket,
                    accessKey,
                    secretKey,
                    pathStyle,
                    checksums,
                    encryption);
        }

        @Override
        public String toString() {
            return settings().toString();
        }
    }
}

package io.largesse.jobs;

import java.nio.file.Path;

/**
 * How jobs work on this node.
 *
 * @param workers partitions worked on at once, 1 to 64
 * @param chunk coupons or rows of one transaction, 100 to 50,000
 * @param work an existing directory for files on their way
 */
public record JobSettings(int workers, int chunk, Path work) {

    public static final int DEFAULT_WORKERS = 2;
    public static final int DEFAULT_CHUNK = 20_000;

    public JobSettings {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("jobs work on 1 to 64 partitions at once, not " + workers);
        }
        if (chunk < 100 || chunk > 50_000) {
            throw new IllegalArgumentException("a chunk has 100 to 50,000 rows, not " + chunk);
        }
    }
}

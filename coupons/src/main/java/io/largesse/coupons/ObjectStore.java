package io.largesse.coupons;

import java.io.IOException;
import java.nio.file.Path;

/** Where files live that are larger than a row: uploads, reports, archives. Keys are exact names, never patterns. */
public interface ObjectStore {

    /**
     * Stores a file under a name that its content decides (its SHA-256, say). Write-once: if the name is taken already,
     * nothing is written.
     *
     * @throws IOException if the store cannot be reached or refuses; nothing stands under the name then
     */
    void putOnce(String key, Path file) throws IOException;

    /** Stores a file under a name, replacing what stood there. */
    void put(String key, Path file) throws IOException;

    /** Fetches an object into a file, which is replaced if it exists. Throws NoSuchFileException if there is none. */
    void fetch(String key, Path file) throws IOException;

    /** Removes an object; no error if there is none. */
    void remove(String key) throws IOException;
}

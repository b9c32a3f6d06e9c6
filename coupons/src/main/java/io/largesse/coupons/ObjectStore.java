package io.largesse.coupons;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

    /**
     * The next names, a thousand at most, that begin with a prefix and come after another name, in the order of the store (S3:
     * of their bytes); none if there are no more. They are whatever somebody has typed: not all are names for the rest of this
     * port.
     *
     * @param after the last name known, whether it still stands there or not; empty for the first ones
     */
    List<String> list(String prefix, String after) throws IOException;

    /** An object as it stands now; empty if there is none. */
    Optional<StoredObject> find(String key) throws IOException;

    /** Stores a copy of up to 5 GB under another name, replacing what stood there. Throws NoSuchFileException if there is none. */
    void copy(String from, String to) throws IOException;

    /**
     * Removes an object unless it was written anew. Stores that do not know conditions (S3's {@code If-Match}) are asked just
     * before.
     *
     * @return false if it stands there with another tag, and stays
     */
    boolean removeUnchanged(String key, String tag) throws IOException;
}

package io.largesse.jobs;

import java.nio.file.Path;
import java.util.List;

/**
 * What a grant that is over has left behind.
 *
 * @param codes on record as going back to the pool, and not there yet
 * @param staged whether the table of its staged rows is there
 * @param files of this node
 */
public record Leftover(long codes, boolean staged, List<Path> files) {

    public Leftover {
        files = List.copyOf(files);
    }

    public boolean isNothing() {
        return codes == 0 && !staged && files.isEmpty();
    }
}

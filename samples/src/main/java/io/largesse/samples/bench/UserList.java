package io.largesse.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A list of users in a file: in no order, with a duplicate and a row that is no user.
 *
 * @param users whom its writer meant
 */
record UserList(Path file, Set<String> users) {

    static UserList write(Path folder, int first, int count) {
        var users = IntStream.range(first, first + count)
                .mapToObj(i -> String.format("U%07d", i))
                .collect(Collectors.toSet());
        var rows = new ArrayList<>(users);
        rows.add(rows.get(0));
        rows.add("nobody");
        Collections.shuffle(rows, new Random(count));
        rows.add(0, "user id");
        try {
            return new UserList(Files.write(folder.resolve("list-" + Site.fresh() + ".csv"), rows), users);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

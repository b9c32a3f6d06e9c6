package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantSource;
import io.largesse.coupons.WorkFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Files of this node that are on their way. Each has a name that PostgreSQL knows before it is made, so what a dead process
 * left is found without a look through the folder, where others may keep files too.
 */
@Component
class WorkFolder {

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);

    /** What is written beside a report until it is whole. */
    private static final String PART = ".part";

    private final WorkFiles files;
    private final Path folder;
    private final ProcessName self;

    WorkFolder(WorkFiles files, JobSettings settings, ProcessName self) {
        this.files = files;
        this.folder = settings.work().toAbsolutePath().normalize();
        this.self = self;
    }

    /** A name for a file that is to be made, and to be {@linkplain #remove removed}. */
    Path make(String kind, @Nullable Long grant, String suffix) {
        var name = kind + "-" + (grant == null ? "" : grant + "-") + UUID.randomUUID() + suffix;
        files.made(folder.toString(), name, self.value(), grant);
        return folder.resolve(name);
    }

    void remove(Path file) throws IOException {
        delete(file);
        files.gone(folder.toString(), file.getFileName().toString());
    }

    /** The files of a grant that nobody works on, which are there. */
    List<Path> of(Grant grant, List<GrantSource> sources) {
        var lists = sources.stream().map(source -> "grant-" + grant.id() + "-" + source.sourceNo());
        return Stream.concat(lists, files.ofGrant(folder.toString(), grant.id()).stream())
                .flatMap(name -> Stream.of(name, name + PART))
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
    }

    void clean(Grant grant, List<GrantSource> sources) {
        of(grant, sources).forEach(this::removeLeft);
    }

    /** Uploads and reports of processes that are no more. */
    void cleanAfterTheDead() {
        files.ofTheDead(folder.toString()).stream().map(folder::resolve).forEach(this::removeLeft);
    }

    /** A file that is not here stays on record: a node with a folder of the same name may have it. */
    private void removeLeft(Path file) {
        try {
            if (delete(file)) {
                files.gone(folder.toString(), file.getFileName().toString());
                LOG.info("removed {}, which a dead process left", file.getFileName());
            }
        } catch (IOException e) {
            LOG.warn("{} is left and cannot be removed; it is tried again with the next upload or grant", file, e);
        }
    }

    private static boolean delete(Path file) throws IOException {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + PART));
        return Files.deleteIfExists(file);
    }
}

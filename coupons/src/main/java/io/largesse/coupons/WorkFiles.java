package io.largesse.coupons;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Files that stand in the work folders of nodes for a while: on record before they are made, until they are gone. */
@Component
public class WorkFiles {

    private final WorkFileMapper files;
    private final Runs runs;

    WorkFiles(WorkFileMapper files, Runs runs) {
        this.files = files;
        this.runs = runs;
    }

    /** @param grant null as long as there is none */
    @Transactional
    public void made(String folder, String name, String owner, @Nullable Long grant) {
        files.insert(folder, name, owner, grant);
    }

    @Transactional
    public void gone(String folder, String name) {
        files.delete(folder, name);
    }

    public List<String> ofGrant(String folder, long grant) {
        return files.ofGrant(folder, grant);
    }

    /** Files whose process has been without a database session for longer than its leases last. */
    public List<String> ofTheDead(String folder) {
        return files.ofTheDead(folder, runs.lease().seconds());
    }
}

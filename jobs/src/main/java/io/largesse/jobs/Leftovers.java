package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.Revocations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds and cleans what grants leave behind: codes, staged rows, files. All of it by names that follow from their rows. */
@Component
class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Grants grants;
    private final Lists lists;
    private final Revocations revocations;
    private final CodeReturn codes;
    private final WorkFolder folder;

    Leftovers(Grants grants, Lists lists, Revocations revocations, CodeReturn codes, WorkFolder folder) {
        this.grants = grants;
        this.lists = lists;
        this.revocations = revocations;
        this.codes = codes;
        this.folder = folder;
    }

    Leftover of(Grant grant) {
        return new Leftover(
                revocations.onTheirWayBack(grant.id()),
                lists.isStaged(grant.id()),
                folder.of(grant, grants.sources(grant.id())));
    }

    /** For a grant that is over, by an operator's word: nothing of it is needed any more but its record. */
    void clean(Grant grant) {
        files(grant);
        lists.dropStaging(grant.id());
        codes.decided(grant, () -> {});
    }

    /**
     * Cleans after a refusal, which stands whatever becomes of this; not if the grant had issued something and may go on.
     * Codes are not made void without anybody's word.
     */
    void tryToClean(long id) {
        try {
            var grant = grants.find(id);
            if (grant.state() == GrantState.REFUSED) {
                files(grant);
                lists.dropStaging(id);
                codes.back(grant, () -> {});
            }
        } catch (RuntimeException e) {
            LOG.warn("grant {} is over and has left something behind; clean it with: grant revoke", id, e);
        }
    }

    /** For a grant that is taken up again, by whoever holds its run: whoever had these files is gone. */
    void files(Grant grant) {
        folder.clean(grant, grants.sources(grant.id()));
    }
}

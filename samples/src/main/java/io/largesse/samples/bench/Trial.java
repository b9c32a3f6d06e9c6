package io.largesse.samples.bench;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.RunState;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.GrantRequest;
import io.largesse.jobs.RunOutcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A grant under fire: its campaign, its list, and what is known about what it must come to. */
final class Trial {

    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

    private final Site site;
    private final Campaign campaign;
    private final UserList list;

    Trial(Site site, Campaign campaign, UserList list) {
        this.site = site;
        this.campaign = campaign;
        this.list = list;
    }

    Campaign campaign() {
        return campaign;
    }

    /** The program, from the file on. */
    ProgramProcess start() {
        return site.program("grant", "start", campaign.name(), list.file().toString());
    }

    /** As {@link #start}, with a run that nobody takes over from a living process. */
    ProgramProcess startSteadily() {
        return site.steadyProgram("grant", "start", campaign.name(), list.file().toString());
    }

    /** The program, for what is checked already, with a run that nobody takes over from a living process. */
    ProgramProcess issue() {
        return site.steadyProgram("grant", "start", "--checked", Long.toString(id()));
    }

    /** The program, going on with it. */
    ProgramProcess goOn() {
        return site.program("grant", "restart", Long.toString(id()));
    }

    /** Receives and checks the list in this process. */
    Trial checked() {
        var desk = site.the(GrantDesk.class);
        var request = new GrantRequest(
                campaign,
                List.of(list.file()),
                1,
                List.of(),
                null,
                false,
                false,
                GrantRequest.DEFAULT_MAX_REJECTS,
                false,
                false);
        var grant = desk.receive(request, Site.operator());
        var checked = desk.check(grant.id(), Site.operator(), progress -> {});
        if (checked.state() != RunState.DONE) {
            throw new IllegalStateException("the list did not pass: " + checked);
        }
        return this;
    }

    /** Issues what was checked, in this process. */
    RunOutcome issueHere() {
        return site.the(GrantDesk.class).issue(id(), Site.operator(), progress -> {});
    }

    /** Goes on with it in this process. */
    RunOutcome restart() {
        return site.the(GrantDesk.class).restart(id(), Site.operator(), progress -> {});
    }

    /** Goes on with it until it is done: a server that was killed may still be on its way back. */
    void restartUntilDone() {
        site.awaitServers();
        var tried = new AtomicBoolean();
        Waiting.until("the end of grant " + id(), () -> {
            try {
                if (tried.getAndSet(true)) {
                    lapse(); // an attempt that could not tell its end keeps its lease
                }
                return state().equals("DONE") || restart().state() == RunState.DONE;
            } catch (RuntimeException e) {
                LOG.info("grant {} cannot go on yet", id(), e);
                return false;
            }
        });
    }

    private void lapse() {
        try (var sql = site.stores.sql()) {
            sql.run("UPDATE run SET lease_until = now() WHERE state IN ('RUNNING', 'STOPPING') AND subject = 'grant "
                    + id() + "'");
        }
    }

    /** The last grant of this list. */
    long id() {
        try (var sql = site.stores.sql()) {
            return sql.number(
                    "SELECT coalesce(max(g.id), 0) FROM coupon_grant g JOIN grant_source s ON s.grant_id = g.id"
                            + " WHERE campaign_id = ? AND file_name = ?",
                    campaign.id(),
                    String.valueOf(list.file().getFileName()));
        }
    }

    /** Whether it was put on record. */
    boolean isReceived() {
        return id() > 0;
    }

    String state() {
        try (var sql = site.stores.sql()) {
            return sql.texts("SELECT state FROM coupon_grant WHERE id = ?", id())
                    .get(0);
        }
    }

    Expected expected() {
        return new Expected(id(), list.users(), 1);
    }

    /** What is wrong if this is the campaign's only grant, and done. */
    List<String> findings() {
        return site.auditor.findings(campaign.id(), List.of(expected()));
    }
}

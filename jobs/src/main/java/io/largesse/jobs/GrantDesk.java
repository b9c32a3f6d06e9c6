package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantDraft;
import io.largesse.coupons.GrantSource;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.Money;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.pools.Pools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** What operators ask about grants. Checking and issuing work in the calling thread. */
@Component
public class GrantDesk {

    private static final int FIRST_ROWS = 20;

    private final Uploads uploads;
    private final Grants grants;
    private final Campaigns campaigns;
    private final Lists lists;
    private final GrantReports reports;
    private final GrantRuns grantRuns;
    private final CodeDesk codes;
    private final Pools pools;
    private final AuditTrail audit;
    private final Clock clock;

    GrantDesk(
            Uploads uploads,
            Grants grants,
            Campaigns campaigns,
            Lists lists,
            GrantReports reports,
            GrantRuns grantRuns,
            CodeDesk codes,
            Pools pools,
            AuditTrail audit,
            Clock clock) {
        this.uploads = uploads;
        this.grants = grants;
        this.campaigns = campaigns;
        this.lists = lists;
        this.reports = reports;
        this.grantRuns = grantRuns;
        this.codes = codes;
        this.pools = pools;
        this.audit = audit;
        this.clock = clock;
    }

    /** Stores the files and puts the grant on record. Refused if the same list was granted before. */
    public Grant receive(GrantRequest request, Actor by) {
        GrantDraft.requireSane(request.quantity(), request.maxRejects()); // before a gigabyte is stored for nothing
        return receive(request, uploads.receive(request), by, id -> {});
    }

    /**
     * Puts the grant of files that are stored already on record.
     *
     * @param with puts on record what the grant belongs to, in the same transaction
     */
    Grant receive(GrantRequest request, List<GrantSource> sources, Actor by, LongConsumer with) {
        var campaign = request.campaign();
        var face = campaigns.templateOf(campaign).benefit().faceValue().minor();
        var draft = new GrantDraft(
                campaign.id(),
                request.quantity(),
                request.skipHolders(),
                request.maxRejects(),
                request.generate(),
                identity(request, sources),
                request.again(),
                request.dryRun(),
                face);
        return grants.receive(draft, sources, by, with);
    }

    /** Reads the lists and judges them; afterwards the grant is CHECKED, or REFUSED with the reason. */
    public RunOutcome check(long grant, Actor by, Consumer<RunProgress> progress) {
        return grantRuns.check(grants.find(grant), by, progress);
    }

    /** Issues a checked grant. Refused, with nothing changed, unless its campaign issues coupons now. */
    public RunOutcome issue(long id, Actor by, Consumer<RunProgress> progress) {
        var grant = grants.find(id);
        if (grant.state() != GrantState.CHECKED && grant.state() != GrantState.APPROVED) {
            throw RefusedException.of("jobs.grant.state", id, grant.state());
        }
        campaigns.byId(grant.campaignId()).requireIssuing(clock.instant());
        grants.approve(id);
        audit.record(by, "grant.start", grant.subject(), null, null);
        return generateAndIssue(grant, by, progress);
    }

    /** Goes on with a grant that stopped, failed or lost its process, in whichever half it was. */
    public RunOutcome restart(long id, Actor by, Consumer<RunProgress> progress) {
        var grant = grants.find(id);
        if (grantRuns.isOnlyUnreported(grant)) {
            return grantRuns.report(grant, by, progress);
        }
        switch (grant.state()) {
            case DONE, REFUSED, REVOKED -> throw RefusedException.of("jobs.grant.over", id, grant.state());
            case REVOKING -> throw RefusedException.of("jobs.grant.revoking", id);
            default -> campaigns.byId(grant.campaignId()).requireIssuing(clock.instant());
        }
        if (grant.state() == GrantState.CHECKED) {
            requireMeant(grant);
        }
        audit.record(by, "grant.restart", grant.subject(), null, null);
        if (grant.state() == GrantState.CHECKED) {
            return issue(id, by, progress);
        }
        if (grantRuns.isFirstIssue(grant) && grant.state() != GrantState.APPROVED) {
            // whatever was counted already: only the end of the check says that the list can be trusted
            var checked = grantRuns.check(grant, by, progress);
            return checked.state() == RunState.DONE && !grant.dryRun() ? issue(id, by, progress) : checked;
        }
        return generateAndIssue(grant, by, progress);
    }

    /** Going on with a dry run never issues: that takes a word of its own. */
    private static void requireMeant(Grant grant) {
        if (grant.dryRun()) {
            throw RefusedException.of("jobs.grant.only-checked", grant.id());
        }
    }

    private RunOutcome generateAndIssue(Grant grant, Actor by, Consumer<RunProgress> progress) {
        if (grant.generate()) {
            var campaign = campaigns.byId(grant.campaignId());
            var generated = codes.generateFor(grant, campaign, by, progress);
            if (generated.state() != RunState.DONE) {
                return generated;
            }
        }
        return grantRuns.issue(grant, by, progress);
    }

    /** Asks a grant to stop after its current chunk; false if nothing is running. */
    public boolean stop(long id, Actor by) {
        var asked = grantRuns.requestStop(grants.find(id));
        if (asked) {
            audit.record(by, "grant.stop", Grant.subject(id), null, null);
        }
        return asked;
    }

    public GrantSummary summary(long id) {
        var grant = grants.find(id);
        var campaign = campaigns.byId(grant.campaignId());
        var currency = campaigns.templateOf(campaign).benefit().currency();
        return new GrantSummary(
                grant,
                campaign,
                grants.sources(id),
                lists.rejectsByReason(id),
                lists.firstRows(id, FIRST_ROWS),
                new Money(Math.multiplyExact(grant.codesNeeded(), grant.faceValue()), currency),
                pools.level(campaign.pool()).sum());
    }

    /** Writes the report of rejected rows to a file, in English or Chinese; made now if there is none yet in it. Refused if the list was purged. */
    public void report(long id, Locale locale, Path to) {
        try {
            reports.fetch(grants.find(id).requireList(), locale, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same files, sheets and column for the same campaign and quantity make the same grant. */
    private static String identity(GrantRequest request, List<GrantSource> sources) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var campaign = request.campaign().id();
            sha256.update((campaign + " " + request.quantity()).getBytes(StandardCharsets.UTF_8));
            var lists = sources.stream()
                    .sorted(Comparator.comparing(GrantSource::sha256).thenComparing(s -> String.valueOf(s.sheet())))
                    .map(s -> "\n" + s.sha256() + "\t" + s.sheet() + "\t" + s.idColumn())
                    .distinct() // a file that is named twice makes no other list
                    .toList();
            for (var list : lists) {
                sha256.update(list.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

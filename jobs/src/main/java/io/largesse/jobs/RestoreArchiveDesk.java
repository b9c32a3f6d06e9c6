package io.largesse.jobs;

import io.largesse.archive.ArchivedCoupon;
import io.largesse.archive.CouponOutput;
import io.largesse.coupons.Actor;
import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.ArchiveSelection;
import io.largesse.coupons.Archives;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.ClaimEntry;
import io.largesse.coupons.Coupon;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What operators ask about coupons that are archived. It works in the calling thread. */
@Component
public class RestoreArchiveDesk {

    static final String JOB = "restore-archive";

    /** Of runs, and in the audit trail. */
    private static final String SUBJECT = "archive";

    private final Job restoreArchive;
    private final JobRunner runner;
    private final Runs runs;
    private final Archives archives;
    private final ArchiveReader reader;
    private final AuditTrail audit;
    private final TransactionOperations transactions;
    private final Clock clock;

    RestoreArchiveDesk(
            Job restoreArchive,
            JobRunner runner,
            Runs runs,
            Archives archives,
            ArchiveReader reader,
            AuditTrail audit,
            TransactionOperations transactions,
            Clock clock) {
        this.restoreArchive = restoreArchive;
        this.runner = runner;
        this.runs = runs;
        this.archives = archives;
        this.reader = reader;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Brings archived coupons into their table again.
     *
     * @param until when they may leave it again, in the future
     */
    public RunOutcome restore(ArchiveSelection wanted, Instant until, Actor by, Consumer<RunProgress> progress) {
        var exact = exact(wanted);
        if (!until.isAfter(clock.instant())) {
            throw RefusedException.of("jobs.restore.past", until);
        }
        var request = new RestoreRequest(exact, until);
        var hold = transactions.execute(tx -> {
            var begun = runner.start(RunSpec.of(JOB, SUBJECT, request.parameters()), by);
            audit.record(by, "archive.restore", SUBJECT, null, json(request.parameters()));
            return begun;
        });
        return work(Objects.requireNonNull(hold), request, progress);
    }

    /** Goes on with a run that stopped, failed or died. */
    RunOutcome restart(long run, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        return work(runner.takeOver(known, progress), RestoreRequest.parse(known.parameters()), progress);
    }

    private RunOutcome work(RunHold hold, RestoreRequest request, Consumer<RunProgress> progress) {
        var parameters = new JobParametersBuilder()
                .addLong(Fence.RUN, hold.run())
                .addString(ObjectRestore.REQUEST, request.parameters())
                .toJobParameters();
        return runner.run(restoreArchive, hold, parameters, progress, outcome -> {});
    }

    /**
     * Writes archived coupons to a file, and changes nothing. The file is there when it is whole.
     *
     * @param to .csv or .parquet
     * @return how many
     */
    public long export(ArchiveSelection wanted, Path to, Actor by) {
        var exact = exact(wanted);
        var kind = to.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!kind.endsWith(".csv") && !kind.endsWith(".parquet")) {
            throw RefusedException.of("jobs.restore.kind", to.getFileName());
        }
        audit.record(by, "archive.export", SUBJECT, null, json(RestoreRequest.words(exact)));
        var n = new AtomicLong();
        try {
            var part = to.resolveSibling(to.getFileName() + ".part");
            Files.deleteIfExists(part);
            try (var output = kind.endsWith(".csv")
                    ? CouponOutput.csv(part, archives::campaign)
                    : CouponOutput.parquet(part, archives::campaign)) {
                for (var object : reader.objects(exact)) {
                    reader.read(object, exact, coupon -> {
                        output.accept(coupon);
                        n.incrementAndGet();
                    });
                }
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(part);
                throw e;
            }
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return n.get();
    }

    /** Nothing in the words is to be escaped. */
    private static String json(String words) {
        return "{\"wanted\": \"" + words + "\"}";
    }

    /** All at once is refused: somebody forgot to say what he wants. A code is looked for as it is written. */
    private ArchiveSelection exact(ArchiveSelection wanted) {
        if (wanted.equals(ArchiveSelection.of(null))) {
            throw RefusedException.of("jobs.restore.nothing");
        }
        var typed = wanted.code();
        if (typed == null) {
            return wanted;
        }
        var code = archives.written(typed);
        var object = code == null ? null : archives.holding(code);
        var campaign = wanted.campaign();
        if (object == null || (campaign != null && campaign != object.campaignId())) {
            throw RefusedException.of("jobs.restore.no-code", typed);
        }
        return new ArchiveSelection(campaign, wanted.user(), code, wanted.issuedFrom(), wanted.issuedUntil());
    }

    /** The code of the archived coupon that a user has for a claim; null if there is none. */
    public @Nullable String codeOf(ClaimEntry claim) {
        var wanted = new ArchiveSelection(claim.campaign(), claim.user(), null, null, null);
        var codes = new ArrayList<String>();
        try {
            for (var object : reader.objects(wanted)) {
                reader.read(object, wanted, coupon -> {
                    if (coupon.sourceKind().equals("CLAIM") && coupon.ordinal() == claim.ordinal()) {
                        codes.add(coupon.code());
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return codes.isEmpty() ? null : codes.get(0);
    }

    /** The archived coupon of a code; null if it is not archived. */
    public @Nullable Coupon find(String code) {
        try {
            var found = reader.find(code);
            return found == null ? null : coupon(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Coupon coupon(ArchivedCoupon c) {
        var campaign = archives.campaign(c.campaignId());
        return new Coupon(
                c.code(),
                c.campaignId(),
                campaign.name(),
                c.userId(),
                c.sourceKind(),
                c.sourceId(),
                c.ordinal(),
                c.status(),
                ArchivedCoupon.instant(c.issuedAt()),
                ArchivedCoupon.instant(c.validFrom()),
                ArchivedCoupon.instant(c.validTo()),
                c.faceValue(),
                campaign.currency());
    }

    /** The objects of a campaign, oldest first. */
    public List<ArchiveObject> objects(Campaign campaign) {
        return archives.of(campaign);
    }
}

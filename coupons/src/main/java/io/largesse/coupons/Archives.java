package io.largesse.coupons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is on record of coupons that left the table. Every change is to be made in a transaction that holds the fence of the
 * run that makes it.
 */
@Component
public class Archives {

    /** Whoever was frozen in the midst of an upload has long given up by then, or awakes and makes an object that is listed. */
    private static final Duration ABANDONED = Duration.ofDays(7);

    private final ArchiveMapper archive;
    private final CodeRanges ranges;
    private final CodeKeys keys;
    private final Clock clock;

    Archives(ArchiveMapper archive, CodeRanges ranges, CodeKeys keys, Clock clock) {
        this.archive = archive;
        this.ranges = ranges;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Campaigns that issue nothing any more, and of which no grant is unfinished: their coupons may leave the table.
     *
     * @param campaign null for all
     */
    public List<ArchivedCampaign> settled(@Nullable Long campaign) {
        return archive.settled(campaign, null);
    }

    /** Those of them whose coupons are in a partition. */
    public List<ArchivedCampaign> settled(@Nullable Long campaign, CouponPartition partition) {
        return archive.settled(campaign, partition.firstCampaign());
    }

    /** Whether coupons of a campaign are archived. */
    public boolean isAny(long campaign) {
        return archive.isAny(campaign);
    }

    /** Another one once coupons of the campaign have been archived or restored, as far as it has committed. */
    public String mark(long campaign) {
        return archive.mark(campaign);
    }

    /** A code as it is written; null if it is none of ours. */
    public @Nullable String written(String code) {
        return CodeReader.of(keys).read(code) instanceof CodeReading.Valid valid ? valid.code() : null;
    }

    /** Keeps claims and grants of the campaigns waiting until the end of the transaction. @return whether all are settled yet */
    @Transactional
    public boolean lockSettled(Collection<Long> campaigns) {
        var unused = archive.lockCampaigns(campaigns);
        return archive.settledOf(campaigns) == campaigns.size();
    }

    /** Puts an object on record that is about to be uploaded. */
    @Transactional
    public ArchiveObject begin(long run, ArchiveDraft draft) {
        var id = archive.nextId();
        archive.insert(id, run, draft.key(id), draft, clock.instant());
        return archive.byId(id);
    }

    /** The object was read back. @param codes those of its coupons */
    @Transactional
    public void verified(ArchiveObject object, CodeBits codes) {
        require(archive.verified(object.id()), object);
        codes.changed().forEach(row -> archive.insertCodes(object.id(), row));
    }

    /** The object's coupons are deleted by this transaction. */
    @Transactional
    public void archived(ArchiveObject object) {
        require(archive.archived(object.id()), object);
        archive.addArchived(object.campaignId(), object.coupons());
    }

    private static void require(int changed, ArchiveObject object) {
        if (changed != 1) {
            throw new IllegalStateException("object " + object.id() + " is not as far as that any more");
        }
    }

    /** What was exported of a part is not to be archived. */
    @Transactional
    public void abandon(long run, String part) {
        archive.abandonPart(run, part);
    }

    /** What runs before this one have exported, and not archived, is not to be archived. */
    @Transactional
    public void abandonOthers(long run) {
        archive.abandonOthers(run);
    }

    /** The next objects that are to be removed from the store, by their ids; at most 100. */
    public List<ArchiveObject> abandoned(long after) {
        return archive.abandoned(after);
    }

    /** The object is not in the store. It stays on record for a while. */
    @Transactional
    public void removed(ArchiveObject object) {
        archive.deleteCodes(object.id());
        archive.forget(object.id(), clock.instant().minus(ABANDONED));
    }

    /** What a run has exported and has yet to archive. */
    public List<ArchiveObject> verifiedOf(long run) {
        return archive.verifiedOf(run);
    }

    public List<ArchiveObject> of(Campaign campaign) {
        return archive.ofCampaign(campaign.id());
    }

    public ArchiveObject byId(long id) {
        return archive.byId(id);
    }

    /** A campaign as archived coupons tell of it. */
    public ArchivedCampaign campaign(long id) {
        return archive.campaign(id);
    }

    /** Objects that may have coupons of a month. @param business null for all */
    public List<ArchiveObject> ofPeriod(@Nullable String business, Instant from, Instant until) {
        return archive.ofPeriod(business, from, until);
    }

    /** Objects that may have some of the coupons asked for. */
    public List<ArchiveObject> select(ArchiveSelection wanted) {
        var code = wanted.code();
        if (code == null) {
            return archive.select(wanted);
        }
        var object = holding(code);
        return object == null ? List.of() : List.of(object);
    }

    /** The object with the coupon of a code; null if that is no archived one. */
    public @Nullable ArchiveObject holding(String code) {
        return CodeReader.of(keys).read(code) instanceof CodeReading.Valid valid ? holding(valid) : null;
    }

    public @Nullable ArchiveObject holding(CodeReading.Valid code) {
        var range = ranges.of(code);
        if (range == null) {
            return null;
        }
        var offset = code.serial() - range.firstSerial();
        return archive.objects(range.id(), (int) (offset / CodeBits.OF_A_BLOCK)).stream()
                .filter(object -> object.contains((int) (offset % CodeBits.OF_A_BLOCK)))
                .findFirst()
                .map(object -> archive.byId(object.object()))
                .orElse(null);
    }

    /** Places of the codes of a campaign. */
    public CodePlaces places(long campaign) {
        return CodePlaces.of(ranges.ofCampaign(campaign), keys);
    }

    /** Which coupons of an object are in the archive alone. */
    public CodeBits codes(ArchiveObject object) {
        return CodeBits.of(archive.codes(object.id()));
    }

    /** Each place of an archived code of a campaign. In a transaction. */
    public void codesOf(Campaign campaign, Consumer<CodePlace> reader) {
        try (var rows = archive.codesOfCampaign(campaign.id())) {
            rows.forEach(row -> row.places(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The object as it is, and as it stays until the end of the transaction; and the campaign before it, as everybody locks
     * them: whoever writes a claim of it must not find that nothing is archived, and then that the coupon is gone.
     */
    @Transactional
    public ArchiveObject lock(ArchiveObject object) {
        var unused = archive.lockCampaigns(List.of(object.campaignId()));
        return archive.lock(object.id());
    }

    /** Coupons of a locked object are in the table from now on. @param left those that are in the archive alone */
    @Transactional
    public void restored(ArchiveObject object, long n, CodeBits left) {
        write(object, left);
        archive.count(object.id(), -n, n);
        archive.addArchived(object.campaignId(), -n);
    }

    /** Coupons of a locked object that are in the table already stay there until then, if that is later. */
    @Transactional
    public void extend(ArchiveObject object, List<String> codes, Instant until) {
        archive.extend(object, codes, until);
    }

    /** Objects of which coupons are in the table whose time there has passed, or that have changed. */
    public List<ArchiveObject> restored(Instant at) {
        return archive.restored(at);
    }

    /**
     * Coupons of a locked object leave the table whose time there has passed and that have not changed. Those that have
     * stay, as any others.
     *
     * @param most at once
     * @return how many have left
     */
    @Transactional
    public int takeOut(ArchiveObject object, Instant at, int most) {
        var kept = archive.keep(object);
        var codes = archive.takeOut(object, at, most);
        if (!codes.isEmpty()) {
            var places = places(object.campaignId());
            var bits = codes(object);
            for (var code : codes) {
                var place = places.of(code);
                if (place == null || !bits.add(place)) {
                    throw new IllegalStateException("coupon " + code + " is not of object " + object.id());
                }
            }
            write(object, bits);
        }
        archive.count(object.id(), codes.size(), -codes.size() - kept);
        archive.addArchived(object.campaignId(), codes.size());
        return codes.size();
    }

    private void write(ArchiveObject object, CodeBits bits) {
        for (var row : bits.changed()) {
            archive.updateCodes(object.id(), row);
        }
    }
}

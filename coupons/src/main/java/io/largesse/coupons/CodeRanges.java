package io.largesse.coupons;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which serials belong to which campaign. */
@Component
public class CodeRanges {

    private final CodeRangeMapper ranges;
    private final CampaignMapper campaigns;
    private final CodeKeys keys;
    private final Clock clock;

    CodeRanges(CodeRangeMapper ranges, CampaignMapper campaigns, CodeKeys keys, Clock clock) {
        this.ranges = ranges;
        this.campaigns = campaigns;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Takes n codes of the campaign's stock and gives them serials, once for each run: asked again, the answer is the
     * same. Refused if the stock has fewer left, or the campaign has ended.
     */
    @Transactional
    public CodeRange reserve(Campaign campaign, long n, long run) {
        var known = ranges.ofRun(run);
        if (known != null) {
            return known;
        }
        if (campaigns.takeFromStock(campaign.id(), n) == 0) {
            throw stockRefusal(Objects.requireNonNull(campaigns.byId(campaign.id())), n);
        }
        var date = LocalDate.ofInstant(clock.instant(), campaign.zone());
        var first = ranges.nextSerials(campaign.business(), date, n, fingerprint(campaign, date));
        if (first == null) {
            throw RefusedException.of("coupons.code-keys.changed", campaign.business(), date);
        }
        var last = first + n - 1;
        if (last > campaign.codeFormat().maxSerial()) {
            throw RefusedException.of(
                    "coupons.code.serials",
                    first,
                    last,
                    campaign.codeFormat(),
                    campaign.codeFormat().maxSerial());
        }
        var unused = ranges.insert(campaign.business(), date, first, last, campaign, run, clock.instant());
        return ofRun(run);
    }

    /** All codes of the range are in the pool. */
    @Transactional
    public void ready(CodeRange range) {
        ranges.ready(range.id());
    }

    /** The range of a run; null if it has reserved none. */
    public @Nullable CodeRange ofRunIfAny(long run) {
        return ranges.ofRun(run);
    }

    /** The range of a run of generate-codes. */
    public CodeRange ofRun(long run) {
        var range = ranges.ofRun(run);
        if (range == null) {
            throw new IllegalStateException("run " + run + " has reserved no serials");
        }
        return range;
    }

    public List<CodeRange> of(Campaign campaign) {
        return ofCampaign(campaign.id());
    }

    List<CodeRange> ofCampaign(long campaign) {
        return ranges.ofCampaign(campaign);
    }

    /** The range that a code belongs to; null if its serial was never given to anyone. */
    public @Nullable CodeRange of(CodeReading.Valid code) {
        var range = ranges.containing(code.prefix(), code.date(), code.serial());
        return range == null || range.codeFormat() != code.format() ? null : range;
    }

    private static RefusedException stockRefusal(Campaign campaign, long n) {
        return campaign.status() == CampaignStatus.ENDED
                ? RefusedException.of("coupons.campaign.not-active", campaign.name(), campaign.status())
                : RefusedException.of("coupons.stock.too-small", campaign.name(), n, campaign.ungenerated());
    }

    /** Opaque codes of a prefix and date are unique only if they are all made with one key. */
    private @Nullable String fingerprint(Campaign campaign, LocalDate date) {
        return switch (campaign.codeFormat()) {
            case SEQUENTIAL -> null;
            case OPAQUE -> keys.fingerprint(date).orElseThrow(() -> RefusedException.of("coupons.code.no-key", date));
        };
    }
}

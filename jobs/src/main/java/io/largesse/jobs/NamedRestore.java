package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.ArchiveSelection;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.UserId;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code restore-archive}. */
@Component
final class NamedRestore implements NamedJob {

    private final RestoreArchiveDesk archive;

    NamedRestore(RestoreArchiveDesk archive) {
        this.archive = archive;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                RestoreArchiveDesk.JOB,
                "brings archived coupons into the table again, until a time",
                List.of("until", "[campaign]", "[user]", "[code]", "[issued-from]", "[issued-until]"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        return archive.restore(selection(words), words.instant("until"), by, progress);
    }

    private static ArchiveSelection selection(JobWords words) {
        var campaign = words.campaignIfGiven();
        var user = words.get("user");
        return new ArchiveSelection(
                campaign == null ? null : campaign.id(),
                user == null ? null : UserId.parse(user),
                words.get("code"),
                words.instantIfGiven("issued-from"),
                words.instantIfGiven("issued-until"));
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return archive.restart(run.id(), progress);
    }
}

package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantSource;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.InboxList;
import io.largesse.coupons.InboxLists;
import io.largesse.coupons.InboxState;
import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.coupons.StoredObject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The grants of lists that came by the inbox. Until its cost is known and small enough a grant is a dry run: whoever goes on with
 * it meanwhile, as a node that finds its run dead, only checks it.
 */
@Component
class InboxGrants {

    private static final Logger LOG = LoggerFactory.getLogger(InboxGrants.class);

    /** Coupons for each user of a list: more are an operator's word. */
    private static final int QUANTITY = 1;

    private static final Set<GrantState> OVER =
            EnumSet.of(GrantState.DONE, GrantState.REFUSED, GrantState.REVOKING, GrantState.REVOKED);

    /** Refusals for the moment: a run is in the way. */
    private static final String IN_THE_WAY = "coupons.run.";

    private final GrantDesk desk;
    private final Grants grants;
    private final Campaigns campaigns;
    private final InboxLists lists;
    private final InboxFence fence;
    private final Leftovers leftovers;
    private final Clock clock;

    InboxGrants(
            GrantDesk desk,
            Grants grants,
            Campaigns campaigns,
            InboxLists lists,
            InboxFence fence,
            Leftovers leftovers,
            Clock clock) {
        this.desk = desk;
        this.grants = grants;
        this.campaigns = campaigns;
        this.lists = lists;
        this.fence = fence;
        this.leftovers = leftovers;
        this.clock = clock;
    }

    /** Puts the list on record: with its grant, in one transaction, or refused. */
    InboxList receive(InboxRun run, InboxName name, StoredObject object, GrantSource source) {
        try {
            var campaign = campaigns.byName(name.campaign());
            requireOpen(campaign);
            var taken = new AtomicReference<InboxList>();
            desk.receive(
                    request(campaign),
                    List.of(source),
                    run.by(),
                    grant -> taken.set(fence.write(run, () -> lists.taken(object, source.sha256(), grant))));
            return Objects.requireNonNull(taken.get());
        } catch (RefusedException e) {
            return fence.write(run, () -> lists.refused(object, source.sha256(), e.why(), run.by()));
        }
    }

    private static GrantRequest request(Campaign campaign) {
        return new GrantRequest(
                campaign,
                List.of(),
                QUANTITY,
                List.of(),
                null,
                false,
                false,
                GrantRequest.DEFAULT_MAX_REJECTS,
                false,
                true);
    }

    private void requireOpen(Campaign campaign) {
        if (campaign.inboxMost() == null) {
            throw RefusedException.of("jobs.inbox.closed", campaign.name());
        }
        campaign.requireIssuing(clock.instant());
    }

    /** Goes on with the grant of a list, and decides about the list if that is over. */
    InboxList decide(InboxRun run, InboxList list) {
        var id = Objects.requireNonNull(list.grantId());
        var grant = grants.find(id);
        if (list.state() == InboxState.HELD && !OVER.contains(grant.state()) && grant.state() != GrantState.CHECKED) {
            LOG.warn(
                    "{} waits for its grant {}, which somebody has stopped; largesse grant restart {}",
                    list.objectKey(),
                    id,
                    id);
            return list;
        }
        try {
            if (!OVER.contains(grant.state())) {
                goOn(run, grant);
            }
        } catch (RefusedException e) {
            return refused(run, list, e.why());
        }
        return settled(run, list);
    }

    private void goOn(InboxRun run, Grant grant) {
        if (!grant.dryRun()) {
            end(run, grant, desk.restart(grant.id(), run.by(), stopping(run, grant)));
            return;
        }
        requireOpen(campaigns.byId(grant.campaignId()));
        if (grant.state() != GrantState.CHECKED) {
            end(run, grant, desk.check(grant.id(), run.by(), stopping(run, grant)));
        }
        var checked = grants.find(grant.id());
        if (checked.state() == GrantState.CHECKED) {
            requireWithin(campaigns.byId(checked.campaignId()), checked);
            fence.requireMine(run);
            end(run, checked, desk.issue(checked.id(), run.by(), stopping(run, checked)));
        }
    }

    private static void requireWithin(Campaign campaign, Grant checked) {
        var most = campaign.inboxMost();
        if (most == null) {
            throw RefusedException.of("jobs.inbox.closed", campaign.name());
        }
        if (checked.codesNeeded() > most) {
            throw RefusedException.of("jobs.inbox.above", checked.codesNeeded(), campaign.name(), most, checked.id());
        }
    }

    /** Asks the grant to stop when this run is asked. */
    private Consumer<RunProgress> stopping(InboxRun run, Grant grant) {
        return progress -> {
            // a step also tells of itself within its transaction; the heartbeat, which has none, asks again at once
            if (!TransactionSynchronizationManager.isActualTransactionActive() && fence.isStopping(run)) {
                desk.stop(grant.id(), run.by());
            }
        };
    }

    /** @throws StopRequestedException if it has stopped because this run was asked to */
    private void end(InboxRun run, Grant grant, RunOutcome outcome) {
        var failed = outcome.state() == RunState.FAILED
                || (outcome.state() == RunState.REFUSED
                        && grants.find(grant.id()).state() != GrantState.REFUSED);
        if (outcome.state() == RunState.STOPPED && fence.isStoppingSoon(run)) {
            throw new StopRequestedException();
        }
        if (failed && !outcome.takenOver()) {
            var why = outcome.why() == null ? "" : Messages.text(outcome.why(), Locale.ENGLISH);
            throw new InboxFailedException(grant.subject() + ": " + why);
        }
    }

    private InboxList refused(InboxRun run, InboxList list, Message why) {
        var grant = grants.find(Objects.requireNonNull(list.grantId()));
        if (OVER.contains(grant.state())) {
            return settled(run, list);
        }
        if (!grant.dryRun() || why.code().startsWith(IN_THE_WAY)) {
            LOG.warn(
                    "{} stays in the inbox, and its grant {} with it, which is {}: {}; the next run goes on with them",
                    list.objectKey(),
                    grant.id(),
                    grant.state(),
                    Messages.text(why, Locale.ENGLISH));
            return list;
        }
        var refused = fence.write(run, () -> {
            if (grant.state() != GrantState.CHECKED) { // what was checked may be issued by an operator's word
                grants.move(grant.id(), GrantState.RECEIVED);
                grants.refuse(grant.id(), why);
            }
            return lists.refused(list, why, run.by());
        });
        leftovers.tryToClean(grant.id());
        return refused;
    }

    private InboxList settled(InboxRun run, InboxList list) {
        var grant = grants.find(Objects.requireNonNull(list.grantId()));
        return switch (grant.state()) {
            case DONE -> fence.write(run, () -> lists.granted(list));
            case REFUSED -> {
                var why = grant.refusal() == null ? Message.of("jobs.grant.refused") : grant.refusal();
                yield fence.write(run, () -> lists.refused(list, why, run.by()));
            }
            case REVOKING, REVOKED -> {
                var why = Message.of("jobs.inbox.revoked", grant.id());
                yield fence.write(run, () -> lists.refused(list, why, run.by()));
            }
            case STOPPED -> {
                LOG.warn(
                        "grant {} of {} was stopped by somebody, and waits for him: grant restart",
                        grant.id(),
                        list.objectKey());
                yield list.state() == InboxState.HELD ? list : fence.write(run, () -> lists.held(list));
            }
            default -> {
                LOG.warn("grant {} of {} is at work elsewhere; the next run goes on", grant.id(), list.objectKey());
                yield list;
            }
        };
    }
}

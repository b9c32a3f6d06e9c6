package io.largesse.app.cli;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.jobs.GrantDesk;

/** The answer of commands whose outcome is a campaign. */
final class CampaignAnswer {

    private CampaignAnswer() {}

    /** Tells the running grants of a campaign that issues nothing more to stop after their current chunk. */
    static void stopGrants(Campaign campaign, Session session) {
        var desk = session.get(GrantDesk.class);
        session.get(Grants.class).of(campaign).stream()
                .filter(g -> g.state() == GrantState.RUNNING)
                .map(Grant::id)
                .filter(id -> desk.stop(id, session.actor()))
                .forEach(id -> session.say("app.grant.stopping", Long.toString(id)));
    }

    static int of(Campaign campaign, Session session) {
        var template = session.get(Campaigns.class).templateOf(campaign);
        CampaignView.facts(campaign, template, session.texts()).lines().forEach(session::show);
        session.answer(CampaignView.json(campaign, template));
        return ExitCode.DONE;
    }
}

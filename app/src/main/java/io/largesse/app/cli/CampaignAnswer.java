package io.largesse.app.cli;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;

/** The answer of commands whose outcome is a campaign. */
final class CampaignAnswer {

    private CampaignAnswer() {}

    static int of(Campaign campaign, Session session) {
        var template = session.get(Campaigns.class).templateOf(campaign);
        CampaignView.facts(campaign, template, session.texts()).lines().forEach(session::show);
        session.answer(CampaignView.json(campaign, template));
        return ExitCode.DONE;
    }
}

package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignChange;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Grants;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists that somebody puts into the inbox, and what has become of them. */
abstract class Inboxes extends Revoking {

    /** A campaign with codes that takes lists of up to so many coupons. */
    static Campaign open(long codes, long most) {
        return allow(campaign(codes), most);
    }

    static Campaign allow(Campaign campaign, long most) {
        var change = new CampaignChange(null, null, null, null, most);
        return node.bean(Campaigns.class).edit(campaign, change, Node.operator());
    }

    static ObjectStore store() {
        return node.bean(ObjectStore.class);
    }

    static String key(Campaign campaign, String file) {
        return "inbox/" + campaign.name() + "/" + file;
    }

    /** A complete list. */
    static String put(Campaign campaign, String file, Path list) {
        return putMarked(key(campaign, file), list);
    }

    static String putMarked(String key, Path list) {
        put(key, list);
        put(key + ".done", file(""));
        return key;
    }

    static void put(String key, Path file) {
        try {
            store().put(key, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(String content) {
        try {
            return Files.writeString(Files.createTempFile(Path.of("target"), "inbox-", ""), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunOutcome take(@Nullable Campaign campaign) {
        var parameters = campaign == null ? Map.<String, String>of() : Map.of("campaign", campaign.name());
        return jobs().run("take-inbox", parameters, Node.operator(), p -> {});
    }

    /** @return what is told of it */
    static String takeAll(@Nullable Campaign campaign) {
        var outcome = take(campaign);
        assertThat(outcome.state()).as("%s", outcome.why()).isEqualTo(RunState.DONE);
        return String.valueOf(node.bean(Runs.class).find(outcome.run()).message());
    }

    static JobDesk jobs() {
        return node.bean(JobDesk.class);
    }

    static List<String> names(String prefix) {
        try {
            return store().list(prefix, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> inbox(Campaign campaign) {
        return names("inbox/" + campaign.name() + "/");
    }

    static List<String> done(Campaign campaign) {
        return names("done/" + campaign.name() + "/");
    }

    static List<String> refused(Campaign campaign) {
        return names("refused/" + campaign.name() + "/");
    }

    static String content(String key) {
        try {
            var file = Files.createTempFile(Path.of("target"), "fetched-", "");
            store().fetch(key, file);
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Grant> grants(Campaign campaign) {
        return node.bean(Grants.class).of(campaign);
    }
}

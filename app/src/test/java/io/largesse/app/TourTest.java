package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** What operators do, by the commands they do it with. */
class TourTest {

    private final Program program = Program.shared();
    private final Sample sample = new Sample(program);

    @Test
    void whatWasCheckedIsWhatIsGranted() throws Exception {
        var campaign = sample.campaign(1000);
        var list = sample.list(100, "U00000007", "nobody");
        program.json("code", "generate", campaign, "--count", "200");

        var checked = program.json("grant", "start", campaign, list.toString(), "--dry-run");

        assertThat(checked.propertyNames())
                .contains("grantId", "runId", "rows", "issued", "rejected", "duplicates", "seconds", "rowsPerSecond")
                .contains("report", "state");
        assertThat(checked.get("state").asString()).isEqualTo("CHECKED");
        assertThat(checked.get("rows").asInt()).isEqualTo(102);
        assertThat(checked.get("issued").asInt()).isZero();
        var grant = checked.get("grantId").asString();
        assertThat(program.run("grant", "show", grant).out()).contains("grant start --checked " + grant);

        var done = program.json("grant", "start", "--checked", grant);

        assertThat(done.get("state").asString()).isEqualTo("DONE");
        assertThat(done.get("issued").asInt()).isEqualTo(100);
        assertThat(done.get("rejected").asInt()).isEqualTo(1);
        assertThat(done.get("duplicates").asInt()).isEqualTo(1);
        assertThat(done.get("runId").isString()).isTrue();
        assertThat(program.json("pool", "show", campaign).get("inPool").asInt()).isEqualTo(100);
        var show = program.json("grant", "show", grant, "--follow");
        assertThat(show.get("rejects").get(0).get("count").asInt()).isEqualTo(1);
        assertThat(program.run("grant", "list", "--campaign", campaign).out()).contains("DONE");
    }

    @Test
    void aCouponIsFoundByItsUserAndByItsCode() throws Exception {
        var campaign = sample.campaign(10);
        var done = program.json("grant", "start", campaign, sample.list(3).toString(), "--generate");
        assertThat(done.get("issued").asInt()).isEqualTo(3);

        var coupons = program.json("coupon", "list", "--user", "U00000002").get("coupons");
        var code = coupons.get(0).get("code").asString();

        assertThat(program.json("coupon", "show", code.toLowerCase())
                        .get("userId")
                        .asString())
                .isEqualTo("U00000002");
        assertThat(program.json("code", "show", code).get("state").asString()).isEqualTo("HELD");
        var wrong = code.substring(0, code.length() - 1) + (code.endsWith("7") ? "8" : "7");
        assertThat(program.json("code", "show", wrong).get("state").asString()).isEqualTo("FORGED");
        assertThat(program.json("code", "show", "hello").get("state").asString())
                .isEqualTo("MALFORMED");
        assertThat(program.run("coupon", "show", wrong).code()).isEqualTo(3);
    }

    @Test
    void aGrantIsTakenBackForGood() throws Exception {
        var campaign = sample.campaign(10);
        var list = sample.list(5);
        var grant = program.json("grant", "start", campaign, list.toString(), "--generate")
                .get("grantId")
                .asString();

        var seen = program.json("grant", "revoke", grant, "--dry-run");
        assertThat(seen.get("state").asString()).isEqualTo("DONE");
        assertThat(seen.get("unspent").get("coupons").asInt()).isEqualTo(5);
        assertThat(program.run("grant", "revoke", grant).code()).isEqualTo(3);

        var used = list.resolveSibling("used-" + grant + ".xlsx");
        var done = program.json("grant", "revoke", grant, "--yes", "--used", used.toString());
        assertThat(done.get("state").asString()).isEqualTo("REVOKED");
        assertThat(done.get("revoked").get("coupons").asInt()).isEqualTo(5);
        assertThat(done.get("ungenerated").asInt()).isEqualTo(5);
        assertThat(used).isNotEmptyFile();
        assertThat(program.run("grant", "restart", grant).code()).isEqualTo(3);
        var again = program.run("job", "run", "revoke-grant", "grant=" + grant, "--json");
        assertThat(again.json().get("error").get("code").asString()).isEqualTo("jobs.revoke.over");
    }

    @Test
    void everyReasonWhyAUserHasOrHasNotGotSomethingIsTold() throws Exception {
        var campaign = sample.campaign(100);
        var grant = program.json(
                        "grant",
                        "start",
                        campaign,
                        sample.list(20, "U00000003", "\uFF38ab9").toString(),
                        "--generate")
                .get("grantId")
                .asString();

        var twice = program.json("coupon", "why", "--user", " U00000003", "--campaign", campaign);
        assertThat(twice.get("userId").asString()).isEqualTo("U00000003");
        var found = twice.get("grants").get(0);
        assertThat(found.get("grantId").asString()).isEqualTo(grant);
        assertThat(found.get("rows").get(0).get("row").asInt()).isEqualTo(4);
        assertThat(found.get("rows").get(1).get("reason").get("code").asString())
                .isEqualTo("coupons.reject.duplicate");
        assertThat(found.get("coupons").get(0).get("status").asString()).isEqualTo("ISSUED");

        var misfit = program.run("coupon", "why", "--user", "Xab9", "--campaign", campaign, "--lang", "zh");
        assertThat(misfit.out()).containsPattern("\\p{IsHan}").contains("23");
        assertThat(program.run("coupon", "why", "--user", "U99999999", "--campaign", campaign)
                        .out())
                .contains("none of the 1 lists");
        assertThat(program.run("coupon", "why", "--user", "a b").out()).contains("U+0020");

        program.json("grant", "revoke", grant, "--yes");
        assertThat(program.run("coupon", "why", "--user", "U00000020", "--campaign", campaign)
                        .out())
                .contains("REVOKED", "taken back by", "row 21");
    }

    @Test
    void rejectedRowsAreFetchedAsASpreadsheet() throws Exception {
        var campaign = sample.campaign(100);
        var list = sample.list(20, "not one");
        var grant = program.json("grant", "start", campaign, list.toString(), "--generate")
                .get("grantId")
                .asString();
        var report = list.resolveSibling("rejects-" + grant + ".xlsx");

        var answer = program.json("grant", "report", grant, "--to", report.toString());

        assertThat(Path.of(answer.get("report").asString())).isRegularFile().isNotEmptyFile();
        assertThat(program.run("grant", "report", grant, "--to", report.toString())
                        .code())
                .isEqualTo(3);
        program.json("grant", "report", grant, "--to", report.toString(), "--force");
    }

    @Test
    void aCampaignIsPausedResumedToppedUpAndEnded() throws Exception {
        var campaign = sample.campaign(10);
        var list = sample.list(2).toString();

        program.json("campaign", "pause", campaign);
        var refused = program.run("grant", "start", campaign, list, "--generate", "--json");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.json().get("error").get("code").asString()).isEqualTo("coupons.campaign.not-active");
        program.json("campaign", "resume", campaign);

        var edited = program.json("campaign", "edit", campaign, "--stock", "50", "--closes", "2098-06-30");
        assertThat(edited.get("stock").asInt()).isEqualTo(50);
        assertThat(edited.get("closesAt").asString()).isEqualTo("2098-06-30T16:00:00Z");
        assertThat(program.run("campaign", "show", campaign).out()).contains("2098-06-30 Asia/Shanghai");
        assertThat(program.run("campaign", "list").out()).contains(campaign);

        assertThat(program.run("campaign", "end", campaign).code()).isEqualTo(3);
        assertThat(program.json("campaign", "end", campaign, "--yes")
                        .get("status")
                        .asString())
                .isEqualTo("ENDED");
        assertThat(program.run("campaign", "resume", campaign).code()).isEqualTo(3);
    }

    @Test
    void aListOfTheWrongColumnGrantsToNobody() throws Exception {
        var campaign = sample.campaign(100);
        var list = sample.list(5, "one", "two", "three");

        var refused = program.run("grant", "start", campaign, list.toString(), "--generate", "--json");

        assertThat(refused.code()).isEqualTo(3);
        var json = refused.json();
        assertThat(json.get("error").get("code").asString()).isEqualTo("jobs.grant.too-many-rejects");
        assertThat(json.get("issued").asInt()).isZero();
        assertThat(program.json("pool", "show", campaign).get("coupons").asInt())
                .isZero();
    }

    @Test
    void theSameListIsNotGrantedTwiceUnseen() throws Exception {
        var campaign = sample.campaign(100);
        var list = sample.list(5).toString();
        program.json("grant", "start", campaign, list, "--generate");

        assertThat(program.run("grant", "start", campaign, list, "--generate").code())
                .isEqualTo(3);

        var again = program.json("grant", "start", campaign, list, "--generate", "--again");
        assertThat(again.get("issued").asInt()).isEqualTo(5);
    }

    @Test
    void jobsRunByNameAndAreListed() throws Exception {
        var campaign = sample.campaign(100);

        var run = program.json("job", "run", "generate-codes", "campaign=" + campaign, "count=30");

        assertThat(run.get("state").asString()).isEqualTo("DONE");
        assertThat(run.get("done").asInt()).isEqualTo(30);
        var runs = program.json("job", "list").get("runs");
        assertThat(runs.get(0).get("runId").asString())
                .isEqualTo(run.get("runId").asString());
        var restarted = program.run("job", "restart", run.get("runId").asString());
        assertThat(restarted.code()).isEqualTo(3);
        assertThat(program.run("job", "stop", run.get("runId").asString()).code())
                .isEqualTo(3);
        assertThat(program.run("job", "run", "no-such-job").code()).isEqualTo(3);
    }

    @Test
    void listsAreTakenFromTheInboxOnceTheCampaignLetsThem() throws Exception {
        var campaign = sample.campaign(100);
        program.json("code", "generate", campaign, "--count", "30");
        assertThat(program.json("campaign", "edit", campaign, "--inbox-most", "0")
                        .get("inbox")
                        .isNull())
                .isTrue();
        assertThat(program.run("campaign", "edit", campaign, "--inbox-most", "-1")
                        .code())
                .isEqualTo(3);
        assertThat(program.run("campaign", "edit", campaign, "--inbox-most", "20")
                        .out())
                .contains("lists of up to 20");
        var shown = program.json("campaign", "show", campaign);
        assertThat(shown.get("inbox").get("most").asInt()).isEqualTo(20);
        var store = program.bean(ObjectStore.class);
        for (var list : java.util.Map.of("a.csv", sample.list(20), "b.csv", sample.list(21))
                .entrySet()) {
            store.put("inbox/" + campaign + "/" + list.getKey(), list.getValue());
            store.put("inbox/" + campaign + "/" + list.getKey() + ".done", sample.list(0));
        }

        var run = program.json("job", "run", "take-inbox", "campaign=" + campaign);

        assertThat(run.get("state").asString()).isEqualTo("DONE");
        assertThat(program.json("job", "list").toString()).contains("take-inbox");
        assertThat(store.list("done/" + campaign + "/", "")).hasSize(2);
        assertThat(store.list("refused/" + campaign + "/", "")).hasSize(2);
        assertThat(store.list("inbox/" + campaign + "/", "")).isEmpty();
        assertThat(program.json("pool", "show", campaign).get("inPool").asInt()).isEqualTo(10);
    }

    @Test
    void couponsOfThePastAreFoundCountedAndBroughtBack() throws Exception {
        var campaign = sample.campaign(10);
        var list = sample.list(3);
        var grant = program.json("grant", "start", campaign, list.toString(), "--generate")
                .get("grantId")
                .asString();
        var code = program.json("coupon", "why", "--user", "U00000002", "--campaign", campaign)
                .at("/grants/0/coupons/0/code")
                .asString();
        program.json("grant", "revoke", grant, "--yes");
        assertThat(program.run("archive", "list", campaign).out()).contains("No coupons of campaign " + campaign);
        program.json("campaign", "end", campaign, "--yes");
        var month = YearMonth.now(ZoneId.of("Asia/Shanghai")).toString();
        var before = program.json("report", "month", month, "--business", "summer");

        var archived = program.json("job", "run", "archive-coupons", "campaign=" + campaign, "before=" + Instant.now());

        assertThat(archived.get("state").asString()).isEqualTo("DONE");
        var object = program.json("archive", "list", campaign).at("/objects/0");
        assertThat(object.get("state").asString()).isEqualTo("ARCHIVED");
        assertThat(object.get("archived").asInt()).isEqualTo(3);
        var shown = program.json("coupon", "show", code);
        assertThat(shown.get("archived").asBoolean()).isTrue();
        assertThat(shown.get("userId").asString()).isEqualTo("U00000002");
        assertThat(program.run("coupon", "show", code).out()).contains("archive restore --code " + code);
        assertThat(program.json("report", "month", month, "--business", "summer"))
                .as("archived coupons count as before")
                .isEqualTo(before);
        assertThat(before.get("lines").toString()).contains("REVOKED");

        var file = list.resolveSibling("past-" + campaign + ".csv");
        assertThat(program.json("archive", "restore", "--campaign", campaign, "--to", file.toString())
                        .get("coupons")
                        .asInt())
                .isEqualTo(3);
        assertThat(Files.readAllLines(file)).hasSize(4).anyMatch(line -> line.contains(code));
        assertThat(program.run("archive", "restore", "--campaign", campaign, "--to", file.toString())
                        .code())
                .as("the file is there")
                .isEqualTo(3);

        assertThat(program.run("archive", "restore", "--user", "U99999999", "--days", "30")
                        .out())
                .contains("Nothing was brought back");
        var restored =
                program.json("archive", "restore", "--user", "U00000002", "--campaign", campaign, "--days", "30");
        assertThat(restored.get("done").asInt()).isEqualTo(1);
        assertThat(restored.get("state").asString()).isEqualTo("DONE");
        assertThat(program.json("coupon", "show", code).get("archived").asBoolean())
                .isFalse();
        assertThat(program.json("archive", "list", campaign)
                        .at("/objects/0/restored")
                        .asInt())
                .isEqualTo(1);
        assertThat(program.json("report", "month", month, "--business", "summer"))
                .isEqualTo(before);
    }

    @Test
    void whatCannotBeRestoredOrReportedIsRefusedWithTheRemedy() throws Exception {
        var campaign = sample.campaign(10);
        assertThat(program.run("archive", "restore", "--campaign", campaign).code())
                .isEqualTo(2);
        assertThat(program.run("archive", "restore", "--campaign", campaign, "--days", "0")
                        .err())
                .contains("give 1 to 3650");
        assertThat(program.run("archive", "restore", "--days", "3").code()).isEqualTo(3);
        assertThat(program.run("archive", "restore", "--campaign", "nowhere", "--days", "3")
                        .err())
                .contains("nowhere");
        assertThat(program.run("archive", "restore", "--campaign", campaign, "--to", "past.txt")
                        .err())
                .contains(".csv", ".parquet");
        assertThat(program.run("report", "month", "2026-13").err()).contains("2026-13", "2026-11");
        assertThat(program.run("report", "month", "2026-11", "--business", "nothing")
                        .code())
                .isEqualTo(3);
    }

    @Test
    void theDemoTellsTheWholeStory() throws Exception {
        var demo = program.json("demo", "--users", "500");

        assertThat(demo.get("issued").asInt()).isEqualTo(500);
        assertThat(demo.get("rejected").asInt()).isEqualTo(4);
        assertThat(demo.get("duplicates").asInt()).isEqualTo(1);
        assertThat(Files.size(Path.of(demo.get("report").asString()))).isPositive();
        assertThat(demo.get("phases").propertyNames()).contains("stage", "issue", "sheet");
    }

    @Test
    void messagesComeInChinese() {
        var answer = program.run("campaign", "show", "no-such", "--lang", "zh");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).containsPattern("\\p{IsHan}").contains("no-such");
    }

    @Test
    void servicesTellWhoUsesThem() {
        program.run("campaign", "list");

        var status = program.json("services", "status");

        assertThat(status.get("running").asBoolean()).isTrue();
        assertThat(program.run("services", "stop").code()).isEqualTo(3);
    }
}

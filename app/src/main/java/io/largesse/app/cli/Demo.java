package io.largesse.app.cli;

import io.largesse.app.demo.DemoList;
import io.largesse.app.yaml.CampaignFile;
import io.largesse.app.yaml.TemplateFile;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignDraft;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Template;
import io.largesse.coupons.Templates;
import io.largesse.jobs.CodeDesk;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.GrantRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The whole story, told on a sample: the same steps, by the same means, as an operator takes them. */
final class Demo {

    private static final String SAMPLES = "/io/largesse/app/samples/";

    private final Session session;
    private final DemoList list;
    private final Map<String, Duration> times = new LinkedHashMap<>();

    Demo(Session session, DemoList list) {
        this.session = session;
        this.list = list;
    }

    int run() throws IOException {
        var began = System.nanoTime();
        var campaign = campaign();
        times.put("start", Duration.ofNanos(System.nanoTime() - began));
        session.say("app.demo.campaign", campaign.name(), campaign.stock());
        var work = new Work(session);
        var generated = work.outcome(
                progress -> session.get(CodeDesk.class).generate(campaign, list.users(), session.actor(), progress));
        if (generated.state() != RunState.DONE) {
            return work.run(progress -> generated);
        }
        times.putAll(work.progress().phases());
        var sheet = sheet(campaign);
        return grant(campaign, sheet, began);
    }

    private int grant(Campaign campaign, Path sheet, long began) {
        var granting = new Granting(session);
        var received = System.nanoTime();
        var id = granting.receive(request(campaign, sheet));
        times.put("receive", Duration.ofNanos(System.nanoTime() - received));
        var checked = granting.check(id);
        if (checked.state() != RunState.DONE) {
            return granting.answer(id);
        }
        // one answer only: that of the demo
        var code = granting.issueQuietly(id);
        if (code != ExitCode.DONE) {
            return granting.answer(id);
        }
        times.putAll(granting.progress().phases());
        finish(campaign, id, sheet, Duration.ofNanos(System.nanoTime() - began), granting);
        return code;
    }

    private void finish(Campaign campaign, long id, Path sheet, Duration took, Granting granting) {
        var desk = session.get(GrantDesk.class);
        var report = sheet.resolveSibling(campaign.name() + "-rejects.xlsx");
        desk.report(id, session.texts().locale(), report);
        var grant = desk.summary(id).grant();
        granting.tellDone(grant);
        session.say("app.demo.report", report);
        session.say("app.demo.times");
        var line = new ProgressLine(session.texts());
        times.forEach((phase, time) -> session.say("app.demo.time", line.phase(phase), time));
        session.say("app.demo.time", session.text("app.demo.total"), took);
        next(campaign, id, sheet);
        var phases = new Json();
        times.forEach((phase, time) -> phases.with(phase, time.toMillis() / 1000.0));
        session.answer(granting.json(grant)
                .with("campaign", campaign.name())
                .with("report", report.toString())
                .with("sheet", sheet.toString())
                .with("phases", phases));
    }

    private void next(Campaign campaign, long id, Path sheet) {
        var user = DemoList.user(0);
        var code = session.get(Coupons.class).ofUser(user).get(0).code();
        session.say("app.demo.next");
        session.show("  " + session.command("grant show " + id));
        session.show("  " + session.command("coupon list --user " + user));
        session.show("  " + session.command("code show " + code));
        session.show("  " + session.command("pool show " + campaign.name()));
        session.show("  " + session.command("grant start " + campaign.name() + " " + Session.quoted(sheet.toString())));
        session.say("app.demo.refused-next");
    }

    private GrantRequest request(Campaign campaign, Path sheet) {
        return new GrantRequest(
                campaign,
                List.of(sheet),
                1,
                List.of(),
                null,
                false,
                false,
                GrantRequest.DEFAULT_MAX_REJECTS,
                false,
                false);
    }

    private Path sheet(Campaign campaign) throws IOException {
        var began = System.nanoTime();
        var folder = Files.createDirectories(session.home().resolve("demo"));
        var sheet = folder.resolve(campaign.name() + ".xlsx");
        if (session.console().isTerminal()) {
            session.console().redraw(session.text("app.demo.writing"));
        }
        list.write(sheet);
        times.put("sheet", Duration.ofNanos(System.nanoTime() - began));
        session.say("app.demo.sheet", sheet, list.users(), 4 * list.badOfEachKind(), list.duplicates());
        return sheet;
    }

    private Campaign campaign() throws IOException {
        var template = template();
        var sample = CampaignFile.parse(sample("campaigns/demo.yaml"), "demo.yaml", t -> template.benefit()
                .currency()
                .getCurrencyCode());
        var campaigns = session.get(Campaigns.class);
        var taken = campaigns.all().stream().map(Campaign::name).toList();
        var today = LocalDate.ofInstant(session.get(Clock.class).instant(), sample.zone());
        var prefix = sample.name() + "-" + today.format(DateTimeFormatter.BASIC_ISO_DATE) + "-";
        for (int n = 1; ; n++) {
            if (!taken.contains(prefix + n)) {
                return campaigns.create(draft(sample, prefix + n, today), session.actor());
            }
        }
    }

    private CampaignDraft draft(CampaignDraft sample, String name, LocalDate today) {
        return new CampaignDraft(
                name,
                sample.title(),
                sample.business(),
                sample.template(),
                sample.codeFormat(),
                list.users(),
                sample.zone(),
                today.atStartOfDay(sample.zone()).toInstant(),
                sample.closesAt(),
                null,
                null,
                sample.validDays(),
                sample.claimLimit(),
                null,
                sample.userIdPattern(),
                null);
    }

    private Template template() throws IOException {
        var draft = TemplateFile.parse(sample("templates/ten-off.yaml"), "ten-off.yaml");
        var templates = session.get(Templates.class);
        try {
            return templates.find(draft.name());
        } catch (RefusedException e) {
            return templates.create(draft, session.actor());
        }
    }

    private static String sample(String name) throws IOException {
        try (var in = Objects.requireNonNull(Demo.class.getResourceAsStream(SAMPLES + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

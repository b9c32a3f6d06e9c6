package io.largesse.app;

import static io.largesse.app.BadFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RunState;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.GrantRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are none, that change or vanish, and requests that cannot be meant. */
@Timeout(60)
class OddFilesTest {

    private static final int CODES = 20;

    /** Where logback.xml puts it while no command has told it about a home. */
    private static final Path LOG = Path.of("target", "logs-" + System.getProperty("largesse.fork"), "largesse.log");

    private final Program program = Program.shared();
    private final Books books = new Books(program);

    @TempDir
    Path folder;

    private String campaign = "";

    @BeforeEach
    void aCampaignWithCodes() throws Exception {
        campaign = new Sample(program).campaignOfAnybody(100);
        program.json("code", "generate", campaign, "--count", Integer.toString(CODES));
    }

    private Path list(String name, String... users) {
        return text("user_id\n" + String.join("\n", users) + "\n").in(folder, name);
    }

    private void assertRefused(String english, String chinese, String... words) {
        var before = books.lastGrant();
        for (var language : List.of("en", "zh")) {
            var line = java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("grant", "start", campaign, "--lang", language),
                    java.util.stream.Stream.of(words));
            var answer = program.run(line.toArray(String[]::new));
            assertThat(answer.err()).isEqualTo("largesse: " + (language.equals("en") ? english : chinese) + "\n");
            assertThat(answer.out()).isEmpty();
            assertThat(answer.code()).isEqualTo(3);
        }
        assertThat(books.lastGrant()).isEqualTo(before);
        assertNothingIssued();
    }

    private void assertNothingIssued() {
        assertThat(books.coupons(books.campaign(campaign))).isZero();
        assertThat(books.inPool(books.campaign(campaign))).isEqualTo(CODES);
        assertThat(books.stagingTables()).isEmpty();
        assertThat(books.workFiles()).isEmpty();
    }

    @Test
    void whatIsNoFileIsRefusedWithoutBeingOpened() throws Exception {
        var pipe = folder.resolve("users.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var english = " is no file that can be read as a list (but a folder, a pipe or a device). Name the list itself";
        var chinese = " 不是可作为名单读取的文件（而是目录、管道或设备），请给出名单文件本身";
        for (var file : List.of(pipe, folder, Path.of("/dev/zero"))) {
            assertRefused(file + english, file + chinese, file.toString());
        }
    }

    @Test
    void aFileThatIsNotThereIsRefused() throws Exception {
        var missing = folder.resolve("users.csv");
        assertRefused(
                "there is no file " + missing + ". Correct the path",
                "文件 " + missing + " 不存在，请更正路径",
                missing.toString());
        Files.createSymbolicLink(folder.resolve("link.csv"), missing);
        var dangling = folder.resolve("link.csv");
        assertRefused(
                "there is no file " + dangling + ". Correct the path",
                "文件 " + dangling + " 不存在，请更正路径",
                dangling.toString());
    }

    @Test
    void aLinkToAListIsReadAsTheList() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("link.csv"), list("users.csv", "u1", "u2"));

        var done = program.json("grant", "start", campaign, link.toString());

        assertThat(books.usersOf(Long.parseLong(done.get("grantId").asString())))
                .containsExactly("u1", "u2");
    }

    /** Neither a terminal nor a log may be told to do something by the name of a file. */
    @Test
    void aFileNameIsShownAndNeverObeyed() throws Exception {
        var file = text("name,phone\nAnn,1\n").in(folder, "a\u001B[2J\u202Egnp\n.csv");
        var logged = Files.size(LOG);

        var answer = program.run("grant", "start", campaign, file.toString(), "--lang", "en");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err())
                .contains("a\\u001B[2J\\u202Egnp\\u000A.csv does not say which column holds the user id")
                .doesNotContain("\u001B", "\u202E");
        var grant = Long.toString(books.lastGrant());
        for (var words : List.of(
                List.of("grant", "show", grant), List.of("grant", "list"), List.of("grant", "list", "--lang", "zh"))) {
            assertThat(program.run(words.toArray(String[]::new)).out()).doesNotContain("\u001B", "\u202E", "gnp\n");
        }
        assertThat(loggedSince(logged))
                .contains("gnp\\u000A.csv does not say")
                .doesNotContain("\u001B", "\u202E", "gnp\n");
        assertNothingIssued();
    }

    private static String loggedSince(long position) throws IOException {
        try (var in = Files.newInputStream(LOG)) {
            in.skipNBytes(position);
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** A program that still writes the list would leave half of it to be granted. */
    @Test
    void aListThatIsWrittenToMeanwhileIsRefused() throws Exception {
        var file = list("users.csv", "u1\n".repeat(2_000_000));
        var written = new AtomicBoolean();
        var over = new AtomicBoolean();
        var writer = new Thread(() -> {
            while (!over.get()) {
                try {
                    Files.writeString(file, "u2\n", StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                written.set(true);
            }
        });
        writer.start();
        try {
            while (!written.get()) {
                Thread.onSpinWait();
            }
            assertRefused(
                    file
                            + " was written to while it was read, so it may be half a list; nothing was issued. Close it where"
                            + " it is open, then start again",
                    "读取" + file + "时该文件正被写入，名单可能不完整，未发放任何券。请在其他程序中关闭它，然后重新开始",
                    file.toString());
        } finally {
            over.set(true);
            writer.join();
        }
    }

    @Test
    void aListThatVanishesAfterItWasReceivedIsGranted() throws Exception {
        var file = list("users.csv", "u1", "u2");
        var desk = program.bean(GrantDesk.class);
        var by = new Actor("operator", "test", "vanishing");
        var grant = desk.receive(request(file), by);

        Files.delete(file);

        assertThat(desk.check(grant.id(), by, p -> {}).state()).isEqualTo(RunState.DONE);
        assertThat(desk.issue(grant.id(), by, p -> {}).state()).isEqualTo(RunState.DONE);
        assertThat(books.usersOf(grant.id())).containsExactly("u1", "u2");
    }

    private GrantRequest request(Path file) {
        var found = program.bean(Campaigns.class).byName(campaign);
        return new GrantRequest(
                found, List.of(file), 1, List.of(), null, false, false, GrantRequest.DEFAULT_MAX_REJECTS, false, false);
    }

    @Test
    void aBadSecondFileRefusesTheFirstOneToo() {
        var good = list("good.csv", "u1", "u2");
        var bad = text("name,phone\nAnn,1\n").in(folder, "bad.csv");

        var answer = program.run("grant", "start", campaign, good.toString(), bad.toString(), "--lang", "zh");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("没有人获得券：bad.csv 没有说明哪一列是用户ID");
        assertThat(books.recipients(books.lastGrant())).isZero();
        assertNothingIssued();
    }

    @Test
    void aFileThatIsNamedTwiceGrantsOnceAndIsTheSameList() {
        var file = list("users.csv", "u1", "u2").toString();

        var done = program.json("grant", "start", campaign, file, file);

        assertThat(books.usersOf(Long.parseLong(done.get("grantId").asString())))
                .containsExactly("u1", "u2");
        assertThat(done.get("duplicates").asInt()).isEqualTo(2);
        var again = program.run("grant", "start", campaign, file, "--json");
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.json().get("error").get("code").asString()).isEqualTo("coupons.grant.same");
    }

    @Test
    void aQuantityThatNobodyMeansIsRefused() {
        var file = list("users.csv", "u1").toString();
        for (var quantity : List.of("0", "-1", "1001", "2147483647")) {
            assertRefused(
                    "the quantity must be from 1 to 1000, not " + quantity,
                    "每人数量必须在1到1000之间，而不是" + quantity,
                    file,
                    "--quantity",
                    quantity);
        }
        assertThat(program.run("grant", "start", campaign, file, "--quantity", "2147483648")
                        .code())
                .isEqualTo(2);
        assertNothingIssued();
    }

    @Test
    void moreRejectsThanAllowedRefuseTheList() {
        var file = list("users.csv", "u1", "u 2", "u 3").toString();

        var answer = program.run("grant", "start", campaign, file, "--lang", "en");
        var grant = books.lastGrant();
        var chinese = program.run("grant", "start", campaign, file, "--lang", "zh");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err())
                .contains("grant " + grant
                        + " was refused, and nobody got anything: 2 of 3 rows were rejected, more than ")
                .contains("is it the right column? See the reasons with: grant report " + grant + " --to FILE");
        assertThat(chinese.code()).isEqualTo(3);
        assertThat(chinese.err()).contains("没有人获得券：3行中有2行被拒绝，超过").contains("是否选错了列？");
        var report = folder.resolve("rejects.xlsx").toString();
        program.json("grant", "report", Long.toString(grant), "--to", report);
        assertNothingIssued();
    }
}

package io.largesse.samples.bench;

import io.largesse.app.cli.Json;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Grants under random faults, round after round, each judged by an auditor that does not ask the product. */
@Command(
        name = "soak",
        description = {
            "Grants under random faults: processes killed and frozen, servers killed, the object store away.",
            "After each round every user must have exactly one coupon and every code must be in exactly one place.",
            "Works in a home of its own (HOME/soak), which it keeps. Exit code 0 if all rounds were exact, else 1."
        })
final class SoakBench implements Callable<Integer> {

    private static final int MOST_ROUNDS = 100_000;
    private static final int MOST_USERS = 20_000;

    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 10;

    @Option(names = "--users", paramLabel = "N", description = "Users of each list (default: ${DEFAULT-VALUE}).")
    private int users = 2_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Repeats the choices of an earlier soak; the machine's own timing still differs.")
    private @Nullable Long seed;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private int failures;

    @Override
    public Integer call() {
        if (rounds < 1 || rounds > MOST_ROUNDS || users < 1 || users > MOST_USERS) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds is 1 to " + MOST_ROUNDS + ", --users 1 to " + MOST_USERS);
        }
        long first = seed != null ? seed : new Random().nextInt(Integer.MAX_VALUE);
        var home = Path.of(Objects.requireNonNullElse(System.getenv("LARGESSE_HOME"), ".largesse"), "soak");
        say("seed " + first + ", home " + home);
        var began = System.nanoTime();
        try (var site = Site.open(home.toAbsolutePath())) {
            for (int round = 0; round < rounds; round++) {
                // a seed of its own for each: --rounds 1 --seed S+R repeats round R of seed S
                play(site, first + round);
            }
        }
        var kinds = Json.of("all", faults.values().stream().mapToInt(n -> n).sum());
        faults.forEach((fault, times) -> kinds.with(fault.name(), times));
        System.out.println(Json.of("bench", "soak")
                .with("seed", first)
                .with("rounds", rounds)
                .with("users", users)
                .with("faults", kinds)
                .with("failures", failures)
                .with("seconds", (System.nanoTime() - began) / 1_000_000_000));
        return failures == 0 ? 0 : 1;
    }

    private void play(Site site, long roundSeed) {
        var struck = List.<Fault>of();
        List<String> findings;
        try {
            var round = new SoakRound(site, users, new Random(roundSeed));
            struck = round.faults();
            findings = round.play();
        } catch (RuntimeException e) {
            // a round that does not come to its end has failed; the next one begins anew
            findings = List.of(String.valueOf(e));
        }
        struck.forEach(fault -> faults.merge(fault, 1, Integer::sum));
        failures += findings.isEmpty() ? 0 : 1;
        say("round of seed " + roundSeed + ": " + struck + (findings.isEmpty() ? " exact" : " FAILED " + findings));
    }

    private static void say(String text) {
        System.err.println(text);
    }
}

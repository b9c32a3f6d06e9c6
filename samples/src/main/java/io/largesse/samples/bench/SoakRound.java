package io.largesse.samples.bench;

import io.largesse.samples.bench.Trap.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One grant, brought to its end through some faults, and judged. */
final class SoakRound {

    private static final int MOST_FAULTS = 3;
    private static final int MOST_STARTS = 10;
    private static final int LATEST_MILLIS = 5_000;
    private static final int LATEST_TRANSACTION = 8;

    private static final List<Moment> MOMENTS = List.of(
            Moment.RECEIVED,
            Moment.ROWS_STAGED,
            Moment.NUMBERED,
            Moment.CHECKED,
            Moment.CODES_ALLOTTED,
            Moment.ARRANGED,
            Moment.COUPONS_ISSUED,
            Moment.DONE,
            Moment.REPORTED,
            Moment.RUN_ENDED);

    private final Site site;
    private final Trial grant;
    private final Random random;
    private final List<Fault> faults = new ArrayList<>();

    SoakRound(Site site, int users, Random random) {
        this.site = site;
        this.grant = site.trial(users);
        this.random = random;
    }

    List<Fault> faults() {
        return faults;
    }

    /** What is wrong in the end; empty if each user has exactly his coupon and each code is in one place. */
    List<String> play() {
        var some = 1 + random.nextInt(MOST_FAULTS);
        for (int i = 0; i < some && !isDone(); i++) {
            var fault = Fault.values()[random.nextInt(Fault.values().length)];
            faults.add(fault);
            strike(fault);
            site.awaitServers();
        }
        for (int starts = 0; !grant.isReceived() && starts < MOST_STARTS; starts++) {
            try (var program = grant.start()) {
                program.exitCode();
            }
        }
        grant.restartUntilDone();
        return grant.findings();
    }

    private boolean isDone() {
        return grant.isReceived() && grant.state().equals("DONE");
    }

    private ProgramProcess program() {
        return grant.isReceived() ? grant.goOn() : grant.start();
    }

    private void strike(Fault fault) {
        switch (fault) {
            case KILLED -> soonAfterStart(ProgramProcess::kill);
            case KILLED_IN_TRANSACTION -> inTransaction((trap, program) -> program.kill());
            case KILLED_UNANSWERED -> inTransaction(site::killUnanswered);
            case FROZEN -> soonAfterStart(this::freeze);
            case POSTGRES_KILLED -> soonAfterStart(program -> site.faults.killPostgres());
            case REDIS_KILLED -> soonAfterStart(program -> site.faults.killRedis());
            case SERVICES_KILLED -> soonAfterStart(program -> site.faults.killServices());
            case ALL_SERVERS_KILLED -> soonAfterStart(program -> site.faults.killEverything());
            case STORE_AWAY -> soonAfterStart(program -> takeStoreAway());
        }
    }

    private void soonAfterStart(java.util.function.Consumer<ProgramProcess> strike) {
        try (var program = program()) {
            pause();
            strike.accept(program);
            program.exitCode();
        }
    }

    private void inTransaction(java.util.function.BiConsumer<Trap, ProgramProcess> strike) {
        var moment = MOMENTS.get(random.nextInt(MOMENTS.size()));
        // only what is held at its COMMIT can be left without an answer
        try (var trap = Trap.set(site.stores, moment, 1 + random.nextInt(LATEST_TRANSACTION), Point.COMMIT);
                var program = program()) {
            if (trap.awaitCatchOrEnd(program)) {
                strike.accept(trap, program);
            }
        }
    }

    private void freeze(ProgramProcess program) {
        if (!program.isRunning()) {
            return;
        }
        program.freeze();
        try {
            if (grant.isReceived()) {
                grant.restartUntilDone();
            }
        } finally {
            program.thaw();
        }
    }

    private void takeStoreAway() {
        site.faults.stopObjectStore();
        try {
            pause();
        } finally {
            site.faults.startObjectStore();
        }
    }

    private void pause() {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(LATEST_MILLIS)).toNanos());
    }
}

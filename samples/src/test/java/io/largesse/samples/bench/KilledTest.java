package io.largesse.samples.bench;

import static io.largesse.samples.bench.Moment.ARRANGED;
import static io.largesse.samples.bench.Moment.CHECKED;
import static io.largesse.samples.bench.Moment.CODES_ALLOTTED;
import static io.largesse.samples.bench.Moment.COUPONS_ISSUED;
import static io.largesse.samples.bench.Moment.DONE;
import static io.largesse.samples.bench.Moment.NUMBERED;
import static io.largesse.samples.bench.Moment.RECEIVED;
import static io.largesse.samples.bench.Moment.REPORTED;
import static io.largesse.samples.bench.Moment.ROWS_STAGED;
import static io.largesse.samples.bench.Moment.RUN_ENDED;
import static io.largesse.samples.bench.Trap.Point.COMMIT;
import static io.largesse.samples.bench.Trap.Point.FIRST_ROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.RunState;
import io.largesse.samples.bench.Trap.Point;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The program killed from outside at each moment that matters; another process goes on, and an auditor judges. */
class KilledTest {

    private static final int USERS = 900;

    private final Site site = SharedSite.get();

    static Stream<Arguments> moments() {
        return Stream.of(
                Arguments.of(ROWS_STAGED, 3, COMMIT),
                Arguments.of(NUMBERED, 1, COMMIT),
                Arguments.of(CODES_ALLOTTED, 1, FIRST_ROW), // the script is done, PostgreSQL has heard of nothing
                Arguments.of(CODES_ALLOTTED, 3, COMMIT), // codes are copied, not committed
                Arguments.of(ARRANGED, 1, COMMIT),
                Arguments.of(COUPONS_ISSUED, 1, FIRST_ROW), // between the steps
                Arguments.of(COUPONS_ISSUED, 5, COMMIT), // coupons are copied, not committed
                Arguments.of(DONE, 1, COMMIT),
                Arguments.of(REPORTED, 1, COMMIT),
                Arguments.of(RUN_ENDED, 2, COMMIT));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void killedBeforeTheCommit(Moment moment, int nth, Point point) {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, moment, nth, point);
                var program = grant.start()) {
            trap.awaitCatch(program);
            program.kill();
            site.lapse();

            assertThat(grant.restart().state()).isEqualTo(RunState.DONE);
        }
        assertThat(grant.findings()).isEmpty();
    }

    /** Those after which something is done outside of PostgreSQL; else it is as before the next commit. */
    static Stream<Arguments> commits() {
        return Stream.of(
                Arguments.of(RECEIVED, 1),
                Arguments.of(CHECKED, 1),
                Arguments.of(CODES_ALLOTTED, 3), // the block still stands in Redis
                Arguments.of(DONE, 1));
    }

    @ParameterizedTest
    @MethodSource("commits")
    void killedAfterACommitThatWasNeverAnswered(Moment moment, int nth) {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, moment, nth, COMMIT);
                var program = grant.start()) {
            trap.awaitCatch(program);
            site.killUnanswered(trap, program);
        }
        site.lapse();

        assertThat(grant.restart().state()).isEqualTo(RunState.DONE);
        assertThat(grant.findings()).isEmpty();
    }
}

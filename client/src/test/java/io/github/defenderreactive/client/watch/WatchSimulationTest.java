package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code -Ddefender.seeds=N} runs more of them, {@code -Ddefender.seed=S} replays one.
 */
class WatchSimulationTest {

    private static final long SEEDS = Long.getLong("defender.seeds", 2_000);

    private final Happenings happened = new Happenings();
    private Ledger.Counts counts = Ledger.Counts.NONE;

    @Test
    void shouldLoseNothingAndRepeatOnlyWhatWasLeftUnacknowledged() {
        Long replayed = Long.getLong("defender.seed");
        if (replayed != null) {
            run(replayed);
            System.out.printf("Watch simulation: seed %d, %s, %s%n", replayed, counts, happened);
            return;
        }
        LongStream.range(0, SEEDS).forEach(this::run);
        System.out.printf("Watch simulation: %d seeds, %s, %s%n", SEEDS, counts, happened);

        // A fault that no longer happens would prove nothing, and look the same.
        assertThat(Happening.values())
                .allSatisfy(
                        kind -> assertThat(happened.of(kind)).as(kind.name()).isPositive());
        assertThat(happened.of(Happening.KILLED)).isGreaterThan((int) SEEDS);
        assertThat(counts.repeatedUnacknowledged()).isPositive().isLessThanOrEqualTo(counts.leftByKills());
        assertThat(counts.repeatedWithinTheOverlap()).isPositive();
    }

    private void run(long seed) {
        WatchSimulation.Result result = WatchSimulation.run(seed, Flaw.NONE);
        assertThat(result.clean())
                .as("seed %d, replay with -Ddefender.seed=%d: %s", seed, seed, result)
                .isTrue();
        counts = counts.plus(result.counts());
        happened.add(result.happened());
    }

    @Test
    void shouldLoseNothingThatIsUpdatedAfterAWatchBegan() {
        for (long seed = 0; seed < 200; seed++) {
            WatchSimulation.Result result = WatchSimulation.runFromNow(seed);
            assertThat(result.clean()).as("seed %d: %s", seed, result).isTrue();
        }
    }

    /** Its cursor stands in another month when the dates are right again, or when it is killed. */
    @ParameterizedTest
    @ValueSource(longs = {30, -30})
    void shouldLoseNothingWhenDatesAreWrongForAWhile(long days) {
        for (long seed = 0; seed < 150; seed++) {
            WatchSimulation.Result result = WatchSimulation.runWithWrongDates(seed, Duration.ofDays(days));
            assertThat(result.counts().lost()).as("seed %d: %s", seed, result).isZero();
            assertThat(result.counts().repeatedInARun())
                    .as("seed %d: %s", seed, result)
                    .isZero();
            assertThat(result.failures()).as("seed %d: %s", seed, result).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 42, 1_000_003})
    void shouldGiveTheSameRunForTheSameSeed(long seed) {
        assertThat(WatchSimulation.run(seed, Flaw.NONE)).isEqualTo(WatchSimulation.run(seed, Flaw.NONE));
    }
}

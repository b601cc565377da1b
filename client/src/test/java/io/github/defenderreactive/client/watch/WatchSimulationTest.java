package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code -Ddefender.seeds=N} runs more of them, {@code -Ddefender.seed=S} replays one.
 */
class WatchSimulationTest {

    private static final long SEEDS = Long.getLong("defender.seeds", 2_000);

    @Test
    void shouldLoseNothingAndRepeatOnlyWhatAKillLeftUnacknowledged() {
        Long replayed = Long.getLong("defender.seed");
        long first = replayed == null ? 0 : replayed;
        long end = replayed == null ? SEEDS : replayed + 1;
        int kills = 0;
        int late = 0;
        int delivered = 0;
        for (long seed = first; seed < end; seed++) {
            WatchSimulation.Result result = WatchSimulation.run(seed, Flaw.NONE);
            assertThat(result.clean())
                    .as("seed %d, replay with -Ddefender.seed=%d: %s", seed, seed, result)
                    .isTrue();
            kills += result.kills();
            late += result.late();
            delivered += result.delivered();
        }
        if (replayed == null) {
            System.out.printf(
                    "Watch simulation: %d seeds, %d deliveries, %d kills, %d late ones reported%n",
                    SEEDS, delivered, kills, late);
            assertThat(kills).isGreaterThan((int) SEEDS);
            assertThat(late).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldFindEveryKnownFlaw(Flaw flaw) {
        long losing = LongStream.range(0, 100)
                .filter(seed -> WatchSimulation.run(seed, flaw).lost() > 0)
                .count();
        System.out.printf("Watch simulation with %s: %d of 100 seeds lose alerts%n", flaw, losing);
        assertThat(losing).isPositive();
    }

    @Test
    void shouldGiveTheSameRunForTheSameSeed() {
        assertThat(WatchSimulation.run(42, Flaw.NONE)).isEqualTo(WatchSimulation.run(42, Flaw.NONE));
    }
}

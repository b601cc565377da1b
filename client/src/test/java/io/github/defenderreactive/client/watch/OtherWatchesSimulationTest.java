package io.github.defenderreactive.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * The watches of other items than alerts, each with the rules of its service. {@code -Pslow} runs 2,000 of each,
 * {@code -Ddefender.seed=S} replays one.
 */
class OtherWatchesSimulationTest {

    private static final long SEEDS = Math.min(2_000, Long.getLong("defender.seeds", 500));
    private static final long FIRST = Long.getLong("defender.seed", 0);
    private static final long LAST = Long.getLong("defender.seed", SEEDS - 1);

    /** Newest first by creation, in pages that count from the front: what Microsoft Graph and Defender XDR have in common. */
    @Test
    void shouldLoseNoIncident() {
        Ledger.Counts counts = Ledger.Counts.NONE;
        for (long seed = FIRST; seed <= LAST; seed++) {
            WatchSimulation.Result result = WatchSimulation.run(seed, SimulatedTenant.Order.NEWEST_FIRST);
            assertThat(result.clean()).as("seed %d: %s", seed, result).isTrue();
            counts = counts.plus(result.counts());
        }
        System.out.printf("Incidents: %s%n", counts);
    }

    @Test
    void shouldLoseNoEndOfAnAction() {
        run("Actions", ActionSimulation::run);
    }

    @Test
    void shouldLoseNoVulnerabilityChange() {
        run("Vulnerability changes", VulnerabilitySimulation::run);
    }

    private static void run(String what, BiFunction<Long, List<String>, Ledger.Counts> simulation) {
        Ledger.Counts counts = Ledger.Counts.NONE;
        for (long seed = FIRST; seed <= LAST; seed++) {
            List<String> failures = new ArrayList<>();
            Ledger.Counts result = simulation.apply(seed, failures);
            assertThat(result.clean() && failures.isEmpty())
                    .as("seed %d: %s %s", seed, result, failures)
                    .isTrue();
            counts = counts.plus(result);
        }
        System.out.printf("%s: %s%n", what, counts);
        assertThat(counts.alerts()).isPositive();
    }

    @Test
    void shouldLoseNoStateOfAMachine() {
        int delivered = 0;
        int again = 0;
        for (long seed = FIRST; seed <= LAST; seed++) {
            MachineSimulation.Result result = MachineSimulation.run(seed);
            assertThat(result.clean()).as("seed %d: %s", seed, result).isTrue();
            delivered += result.delivered();
            again += result.repeatedUnacknowledged();
        }
        System.out.printf("Machines: %d changes delivered, %d of them again after a kill%n", delivered, again);
        assertThat(delivered).isPositive();
    }
}

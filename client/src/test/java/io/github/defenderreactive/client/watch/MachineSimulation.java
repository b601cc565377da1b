package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.MachineHealthStatus;
import io.github.defenderreactive.client.model.MachineRiskScore;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Devices that come, change and go, in lists that lack some of them now and then, but none twice in a row. */
final class MachineSimulation extends SimulatedProcess<MachineSnapshot.Observed> {

    record Result(int lost, int repeated, int delivered, int repeatedUnacknowledged, List<String> failures) {

        boolean clean() {
            return lost == 0 && repeated == 0 && failures.isEmpty();
        }
    }

    private static final Duration BUSY = Duration.ofHours(12);
    private static final Duration COMPLETE_FOR = Duration.ofHours(3);
    private static final List<MachineHealthStatus> HEALTH =
            List.of(MachineHealthStatus.ACTIVE, MachineHealthStatus.INACTIVE);
    private static final List<MachineRiskScore> RISK = List.of(MachineRiskScore.LOW, MachineRiskScore.HIGH);

    private final Map<String, Machine> machines = new TreeMap<>();
    private final Duration every = Duration.ofMinutes(history.nextInt(5, 30));
    private final boolean fromNow = history.nextBoolean();
    private final Instant start = now();
    /** What a consumer that applies all changes has: the state by the id of the device. */
    private final Map<String, String> view = new HashMap<>();
    /** The same with acknowledged changes only. */
    private final Map<String, String> acknowledged = new HashMap<>();

    private final Set<String> lacking = new HashSet<>();
    private int delivered;
    private int repeated;
    private int repeatedUnacknowledged;
    private int number;

    private MachineSimulation(long seed) {
        super(seed, BUSY, Duration.ofHours(4));
        for (int i = history.nextInt(1, 30); i > 0; i--) {
            add(start.minus(Duration.ofDays(history.nextInt(1, 90))));
        }
        if (fromNow) {
            machines.forEach((id, machine) -> view.put(id, state(machine)));
            acknowledged.putAll(view);
        }
        for (int i = history.nextInt(40); i > 0; i--) {
            sometime(this::change);
        }
        for (int i = history.nextInt(10); i > 0; i--) {
            sometime(() -> add(now()));
            sometime(this::remove);
        }
    }

    static Result run(long seed) {
        MachineSimulation simulation = new MachineSimulation(seed);
        simulation.run();
        Map<String, String> actual = new HashMap<>();
        simulation.machines.forEach((id, machine) -> actual.put(id, state(machine)));
        Set<String> ids = new HashSet<>(actual.keySet());
        ids.addAll(simulation.view.keySet());
        // a change that was not acknowledged and was reverted while no watch ran leaves nothing to deliver
        int lost = (int) ids.stream()
                .filter(id -> !Objects.equals(actual.get(id), simulation.view.get(id))
                        && !Objects.equals(actual.get(id), simulation.acknowledged.get(id)))
                .count();
        return new Result(
                lost,
                simulation.repeated,
                simulation.delivered,
                simulation.repeatedUnacknowledged,
                simulation.failures);
    }

    private static String state(Machine machine) {
        return machine.healthStatus() + "/" + machine.riskScore();
    }

    private void add(Instant firstSeen) {
        String id = "machine-" + number++;
        machines.put(
                id,
                Machine.builder()
                        .id(id)
                        .firstSeen(firstSeen)
                        .healthStatus(HEALTH.get(history.nextInt(2)))
                        .riskScore(RISK.get(history.nextInt(2)))
                        .build());
    }

    private @Nullable String any() {
        List<String> ids = new ArrayList<>(machines.keySet());
        return ids.isEmpty() ? null : ids.get(history.nextInt(ids.size()));
    }

    private void change() {
        machines.computeIfPresent(
                String.valueOf(any()),
                (id, machine) -> machine.toBuilder()
                        .healthStatus(HEALTH.get(history.nextInt(2)))
                        .riskScore(RISK.get(history.nextInt(2)))
                        .build());
    }

    private void remove() {
        machines.remove(String.valueOf(any()));
    }

    /** A new list, without those that it lacks; the first ones are complete, so that it is known what is new. */
    private PagedFlux<Machine> listed() {
        Set<String> before = Set.copyOf(lacking);
        lacking.clear();
        machines.keySet().stream()
                .filter(id -> calls.nextInt(50) == 0 && !before.contains(id) && now().isAfter(start.plus(COMPLETE_FOR)))
                .forEach(lacking::add);
        return list(() -> machines.values().stream()
                .filter(machine -> !lacking.contains(machine.id()))
                .toList());
    }

    @Override
    PollSource<MachineSnapshot.Observed> source() {
        return new MachineSnapshot(this::listed);
    }

    @Override
    ItemAccessors<MachineSnapshot.Observed> accessors() {
        return MachineWatch.ACCESSORS;
    }

    @Override
    WatchOptions options() {
        WatchOptions.Builder options = WatchOptions.builder()
                .every(every)
                .overlaps(MachineWatch.OVERLAPS)
                .listener(event -> {
                    if (event instanceof WatchEvent.Irregular || event instanceof WatchEvent.Late) {
                        failures.add(event.toString());
                    }
                });
        return fromNow ? options.build() : options.since(Instant.EPOCH).build();
    }

    private static @Nullable String after(MachineChange change) {
        return change.machine() == null ? null : state(change.machine());
    }

    @Override
    void processed(MachineSnapshot.Observed observed) {
        delivered++;
        MachineChange change = observed.change();
        String state = after(change);
        if (Objects.equals(acknowledged.get(change.machineId()), state)
                && Objects.equals(view.get(change.machineId()), state)) {
            repeated++;
        } else if (Objects.equals(view.get(change.machineId()), state)) {
            repeatedUnacknowledged++;
        }
        apply(view, change);
    }

    @Override
    void acknowledged(MachineSnapshot.Observed observed) {
        apply(acknowledged, observed.change());
    }

    private static void apply(Map<String, String> states, MachineChange change) {
        String state = after(change);
        if (state == null) {
            states.remove(change.machineId());
        } else {
            states.put(change.machineId(), state);
        }
    }

    @Override
    void ended() {}
}

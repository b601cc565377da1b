package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Response actions that take from seconds to hours, each step of them visible at once or later. The service can filter by
 * creation, status and id, and by nothing else.
 */
final class ActionSimulation extends SimulatedProcess<MachineAction> {

    private static final Duration BUSY = Duration.ofHours(4);
    private static final Duration DEEPEST = Duration.ofHours(1);
    private static final Duration LONGEST_LIFE = Duration.ofHours(6);
    private static final Pattern CREATED = Pattern.compile("creationDateTimeUtc ge (\\S+)");
    private static final Pattern ID = Pattern.compile("id eq '([^']*)'");
    private static final List<MachineActionStatus> ENDS = List.of(
            MachineActionStatus.SUCCEEDED,
            MachineActionStatus.FAILED,
            MachineActionStatus.TIME_OUT,
            MachineActionStatus.CANCELLED);

    private static final List<Overlap> OVERLAPS = List.of(
            new Overlap(Duration.ofMinutes(2), Duration.ZERO),
            new Overlap(Duration.ofMinutes(10), Duration.ofMinutes(5)),
            new Overlap(DEEPEST, Duration.ofMinutes(15)));

    private record Step(MachineActionStatus status, Instant updated, Instant visible) {}

    private record Action(String id, Instant created, List<Step> steps) {

        @Nullable
        Step shown(Instant now) {
            Step shown = null;
            for (Step step : steps) {
                if (!step.visible().isAfter(now)) {
                    shown = step;
                }
            }
            return shown;
        }
    }

    private final List<Action> actions = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private final Duration every = Duration.ofSeconds(history.nextInt(60, 180));
    private final Instant start = now();
    private final @Nullable Instant since =
            history.nextBoolean() ? null : start.minus(Duration.ofMinutes(history.nextInt(300)));

    private ActionSimulation(long seed) {
        super(seed, BUSY, LONGEST_LIFE.plus(DEEPEST.multipliedBy(2)));
        for (int i = history.nextInt(30); i > 0; i--) {
            add(start.minus(Duration.ofMinutes(history.nextInt(600))), Duration.ZERO);
        }
        for (int i = history.nextInt(10, 60); i > 0; i--) {
            sometime(() -> add(now(), DEEPEST));
        }
    }

    static Ledger.Counts run(long seed, List<String> failures) {
        ActionSimulation simulation = new ActionSimulation(seed);
        simulation.run();
        failures.addAll(simulation.failures);
        return simulation.ledger.counts(simulation.wanted());
    }

    private void add(Instant created, Duration longestLag) {
        List<Step> steps = new ArrayList<>();
        step(steps, MachineActionStatus.PENDING, created, longestLag);
        Instant begun = created.plus(life());
        step(steps, MachineActionStatus.IN_PROGRESS, begun, longestLag);
        step(steps, ENDS.get(history.nextInt(ENDS.size())), begun.plus(life()), longestLag);
        actions.add(new Action("action-" + actions.size(), created, steps));
    }

    private void step(List<Step> steps, MachineActionStatus status, Instant updated, Duration longestLag) {
        long lag = history.nextInt(10) < 6 ? 0 : history.nextLong(longestLag.toMillis() + 1);
        steps.add(new Step(status, updated, updated.plusMillis(lag)));
    }

    private Duration life() {
        int draw = history.nextInt(10);
        long most = draw < 6 ? 60_000 : draw < 9 ? 1_800_000 : LONGEST_LIFE.toMillis() / 2;
        return Duration.ofMillis(history.nextLong(1, most));
    }

    /** The last state of every action that changed since the watch began. */
    private List<SeenVersion> wanted() {
        Instant from = since == null ? start : since;
        return actions.stream()
                .map(action ->
                        new SeenVersion(action.id(), action.steps().get(2).updated()))
                .filter(version -> !version.lastUpdateTime().isBefore(from))
                .toList();
    }

    private List<MachineAction> rows(String filter) {
        Instant now = now();
        Matcher created = CREATED.matcher(filter);
        Instant from = created.find() ? Instant.parse(created.group(1)) : null;
        Set<String> ids =
                ID.matcher(filter).results().map(match -> match.group(1)).collect(Collectors.toSet());
        if (ids.size() > OpenActions.IDS_OF_A_CALL || (from == null) == ids.isEmpty()) {
            failures.add("filter " + filter);
        }
        return actions.stream()
                .sorted(Comparator.comparing(Action::created).reversed())
                .map(action -> shown(action, now))
                .filter(Objects::nonNull)
                .filter(action -> from == null
                        ? ids.contains(action.id())
                        : !action.creationDateTimeUtc().isBefore(from) || !ENDS.contains(action.status()))
                .toList();
    }

    private static @Nullable MachineAction shown(Action action, Instant now) {
        Step step = action.shown(now);
        return step == null
                ? null
                : MachineAction.builder()
                        .id(action.id())
                        .status(step.status())
                        .creationDateTimeUtc(action.created())
                        .lastUpdateDateTimeUtc(step.updated())
                        .build();
    }

    private static SeenVersion version(MachineAction action) {
        return new SeenVersion(action.id(), action.lastUpdateDateTimeUtc());
    }

    @Override
    PollSource<MachineAction> source() {
        return new OpenActions(
                query -> list(() -> rows(Objects.requireNonNull(query.filter()).expression())), null);
    }

    @Override
    ItemAccessors<MachineAction> accessors() {
        return MachineActionWatch.ACCESSORS;
    }

    @Override
    WatchOptions options() {
        WatchOptions.Builder options =
                WatchOptions.builder().every(every).overlaps(OVERLAPS).listener(this::observe);
        return since == null ? options.build() : options.since(since).build();
    }

    private void observe(WatchEvent event) {
        if (event instanceof WatchEvent.Irregular || event instanceof WatchEvent.MovedBack) {
            failures.add(event.toString());
        }
    }

    @Override
    void processed(MachineAction action) {
        ledger.processed(version(action));
    }

    @Override
    void acknowledged(MachineAction action) {
        ledger.acknowledged(Set.of(version(action)));
    }

    @Override
    void ended() {
        ledger.ended();
    }
}

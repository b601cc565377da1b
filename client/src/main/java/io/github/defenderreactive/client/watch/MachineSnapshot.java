package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.MachineHealthStatus;
import io.github.defenderreactive.client.model.MachineRiskScore;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The devices as they were last listed, compared with each new list. The state of a device is remembered and stored as
 * a version {@code ID@HEALTH/RISK}, or {@code ID@gone}, with the time at which it was observed, so a poll stores only
 * what changed. Of several versions of a device the latest counts.
 */
final class MachineSnapshot implements PollSource<MachineSnapshot.Observed> {

    /** A difference, and the version that it leads to. */
    record Observed(MachineChange change, String version, Instant time) {}

    /** The state of a device, and its time. */
    private record State(String text, Instant time) {

        boolean isGone() {
            return text.equals(GONE);
        }
    }

    /** A list may lack some devices, because rows move while its pages are read, or replicas differ. */
    static final int MISSES_UNTIL_GONE = 3;

    private static final String GONE = "gone";
    private static final char AT = '@';
    private static final char SLASH = '/';
    private static final int TICK = 100;

    private final Supplier<PagedFlux<Machine>> list;
    private final Map<String, State> states = new ConcurrentHashMap<>();
    /** The number of lists in a row that lacked a device. */
    private final Map<String, Integer> misses = new ConcurrentHashMap<>();
    /** Whether all devices are known, so that an unknown one is new whatever its age is. */
    private volatile boolean complete;

    MachineSnapshot(Supplier<PagedFlux<Machine>> list) {
        this.list = list;
    }

    @Override
    public boolean isBounded() {
        return false;
    }

    @Override
    public void restored(Progress progress) {
        states.clear();
        misses.clear();
        Cursor cursor = progress.cursor();
        complete = cursor != null && cursor.watermark().isAfter(cursor.start());
        for (SeenVersion version : progress.seen()) {
            int at = version.id().indexOf(AT);
            if (at > 0) {
                State state = new State(version.id().substring(at + 1), version.lastUpdateTime());
                states.merge(
                        version.id().substring(0, at),
                        state,
                        (one, other) -> one.time().isAfter(other.time()) ? one : other);
            }
        }
    }

    @Override
    public boolean retains(String version) {
        int at = version.indexOf(AT);
        State state = at > 0 ? states.get(version.substring(0, at)) : null;
        return state != null && !state.isGone() && version.substring(at + 1).equals(state.text());
    }

    @Override
    public Flux<Observed> since(Instant from, Notes notes) {
        return Flux.defer(() -> new Read(from, notes).differences());
    }

    /** One list, compared with the states. */
    private final class Read implements Notes {

        private final Instant from;
        private final Notes notes;
        private final Set<String> listed = new HashSet<>();
        /** The time of the service; before the first one is known, states are dated with the start of the poll. */
        private volatile Instant now = Instant.MIN;

        Read(Instant from, Notes notes) {
            this.from = from;
            this.notes = notes;
        }

        @Override
        public void date(Instant date) {
            now = date;
            notes.date(date);
        }

        @Override
        public void unreadable(UnreadableItem row) {
            notes.unreadable(row);
        }

        Flux<Observed> differences() {
            return Flux.concat(
                            PollSource.noted(list.get(), this).<Observed>handle((machine, sink) -> {
                                Observed difference = difference(machine);
                                if (difference != null) {
                                    sink.next(difference);
                                }
                            }),
                            Flux.defer(this::gone))
                    .doOnComplete(this::complete);
        }

        private @Nullable Observed difference(Machine machine) {
            String id = machine.id();
            if (id == null || id.isEmpty()) {
                return new Observed(
                        new MachineChange(MachineChange.Kind.NEW, "", machine, null, null), "", Instant.EPOCH);
            }
            State before = states.get(id);
            String text = text(machine);
            if (!listed.add(id) || (before != null && before.text().equals(text))) {
                return null;
            }
            State state = new State(text, before == null && !complete ? firstSeen(machine) : after(before));
            states.put(id, state);
            boolean isNew = before == null || before.isGone();
            return new Observed(
                    new MachineChange(
                            isNew ? MachineChange.Kind.NEW : MachineChange.Kind.CHANGED,
                            id,
                            machine,
                            isNew ? null : health(before),
                            isNew ? null : risk(before)),
                    id + AT + text,
                    state.time());
        }

        /** Returns the time of a change: not before the start of the poll, and later than the state before. */
        private Instant after(@Nullable State before) {
            Instant time = now.isBefore(from) ? from : now;
            return before == null || before.time().isBefore(time)
                    ? time
                    : before.time().plusNanos(TICK);
        }

        private Flux<Observed> gone() {
            List<String> missing = states.entrySet().stream()
                    .filter(entry -> !entry.getValue().isGone() && !listed.contains(entry.getKey()))
                    .map(Map.Entry::getKey)
                    .filter(id -> misses.getOrDefault(id, 0) + 1 >= MISSES_UNTIL_GONE)
                    .toList();
            return Flux.fromIterable(missing).map(id -> {
                State before = states.get(id);
                State state = new State(GONE, after(before));
                states.put(id, state);
                return new Observed(
                        new MachineChange(MachineChange.Kind.GONE, id, null, health(before), risk(before)),
                        id + AT + GONE,
                        state.time());
            });
        }

        private void complete() {
            states.entrySet()
                    .removeIf(entry ->
                            entry.getValue().isGone() && entry.getValue().time().isBefore(from));
            misses.keySet().removeIf(id -> listed.contains(id) || !states.containsKey(id));
            states.forEach((id, state) -> {
                if (!state.isGone() && !listed.contains(id)) {
                    misses.merge(id, 1, Integer::sum);
                }
            });
            complete = true;
        }
    }

    private static Instant firstSeen(Machine machine) {
        Instant time = machine.firstSeen();
        return time == null ? Instant.EPOCH : time;
    }

    private static String text(Machine machine) {
        MachineHealthStatus health = machine.healthStatus();
        MachineRiskScore risk = machine.riskScore();
        return (health == null ? "" : health.value()) + SLASH + (risk == null ? "" : risk.value());
    }

    private static @Nullable MachineHealthStatus health(@Nullable State state) {
        String text = state == null
                ? ""
                : state.text().substring(0, Math.max(0, state.text().indexOf(SLASH)));
        return text.isEmpty() ? null : MachineHealthStatus.of(text);
    }

    private static @Nullable MachineRiskScore risk(@Nullable State state) {
        String text = state == null ? "" : state.text().substring(state.text().indexOf(SLASH) + 1);
        return text.isEmpty() ? null : MachineRiskScore.of(text);
    }
}

package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of the tenant. Those of the generated past are never stored: index 0 is the oldest, creation times rise
 * strictly with the index, and everything else is computed when read. Added alerts have higher indices and are kept as
 * changes, like the changes to generated ones.
 */
public final class Alerts {

    private static final long PAST = 180 * Ticks.DAY;

    /**
     * The origin of the times in ids, independent of the end of the generated past, so that the same seed and size
     * always give the same ids.
     */
    private static final long ID_NEWEST = Ticks.floor(Instant.parse("2026-11-01T00:00:00Z"));

    private final Organisation organisation;
    private final Machines machines;
    private final long size;
    private final long newest;
    private final long step;
    private final long devices;
    private final long multiplier;
    private final long inverse;
    private final List<String> detectors;
    private final ConcurrentMap<Long, Map<String, @Nullable Object>> changes = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> added = new ConcurrentHashMap<>();
    private final Set<Long> removed = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Long, Map<String, @Nullable Object>> inGraph = new ConcurrentHashMap<>();
    private final AtomicLong nextIndex;
    private final ConcurrentMap<Integer, String> groups = new ConcurrentHashMap<>();

    public Alerts(Organisation organisation, Machines machines, int size, Instant newest) {
        this.organisation = organisation;
        this.machines = machines;
        this.size = size;
        this.newest = Ticks.floor(newest);
        this.step = Math.max(10, PAST / Math.max(size, 1));
        this.devices = organisation.devices();
        this.multiplier = Stream.of(7919L, 104_729L, 1_299_709L)
                .filter(prime -> devices % prime != 0)
                .findFirst()
                .orElse(1L);
        this.inverse = BigInteger.valueOf(multiplier)
                .modInverse(BigInteger.valueOf(devices))
                .longValueExact();
        this.detectors = IntStream.range(0, Threat.ALL.size())
                .mapToObj(kind -> Seeded.uuid(organisation.seed(), kind, 2))
                .toList();
        this.nextIndex = new AtomicLong(size);
    }

    public Organisation organisation() {
        return organisation;
    }

    public Machines machines() {
        return machines;
    }

    public long newest() {
        return newest;
    }

    public long size() {
        return size;
    }

    /** Returns one more than the largest index. */
    long end() {
        return nextIndex.get();
    }

    /** Returns whether there is an alert of this index, fully added. */
    boolean has(long index) {
        return index >= 0 && (index < size ? !removed.contains(index) : changes.containsKey(index));
    }

    /** Returns the number of alerts, added ones included and removed ones not. */
    long count() {
        return size - removed.size() + added.size();
    }

    boolean anyRemoved() {
        return !removed.isEmpty();
    }

    /** Removes an alert. */
    void remove(AlertRow row) {
        if (row.index() < size) {
            removed.add(row.index());
        } else {
            added.remove(row.id());
        }
        changes.remove(row.index());
        inGraph.remove(row.index());
    }

    /** Returns the members that tests gave in the form of Microsoft Graph and no other API has. */
    public Map<String, @Nullable Object> inGraph(long index) {
        return inGraph.getOrDefault(index, Map.of());
    }

    /** Adds members that no other API has to those that Microsoft Graph shows. */
    public void showInGraph(long index, Map<String, @Nullable Object> members) {
        inGraph.merge(index, members, (old, more) -> {
            Map<String, @Nullable Object> all = new LinkedHashMap<>(old);
            all.putAll(more);
            return all;
        });
    }

    String detector(int kind) {
        return detectors.get(kind);
    }

    /** Returns the group of the device. It is cached unless it was changed, because every alert shows it. */
    @Nullable
    String groupOf(int device) {
        if (machines.isChanged(device)) {
            return machines.group(device);
        }
        String group = groups.computeIfAbsent(device, key -> {
            String found = machines.group(key);
            return found == null ? "" : found;
        });
        return group.isEmpty() ? null : group;
    }

    /** Returns the creation of a generated alert. */
    long created(long index) {
        return newest - age(index);
    }

    /**
     * Returns the ticks between the creation of a generated alert and the end of the past. One in four is whole
     * milliseconds, so that the fractions of the times differ in length.
     */
    private long age(long index) {
        long jitter = Math.floorMod(Seeded.hash(organisation.seed(), index, 3), step);
        long age = (size - index) * step - jitter;
        return (index & 3) == 0 && jitter >= 10_000 ? age + Math.floorMod(-age, 10_000L) : age;
    }

    String id(long index, long created) {
        return "da" + (created - newest + ID_NEWEST + Ticks.BEFORE_1970) + "_"
                + (int) Seeded.hash(organisation.seed(), index, 4);
    }

    /** Returns the number from which all of an alert except its times and its device is drawn. */
    long hash(long index) {
        return Seeded.hash(organisation.seed(), index, 1);
    }

    /**
     * Returns the device of a generated alert: every stretch of as many alerts as devices is another shuffle of all
     * devices.
     */
    int device(long index) {
        return (int) Math.floorMod((index % devices) * multiplier + offset(index / devices), devices);
    }

    private long offset(long block) {
        return Math.floorMod(Seeded.hash(organisation.seed(), block, 5), devices);
    }

    public @Nullable AlertRow find(String id) {
        long index = indexOf(id);
        return index < 0 ? null : row(index, true);
    }

    /**
     * Returns an alert with its evidence.
     *
     * @throws Problem 404 if there is none
     */
    public AlertRow require(String id) {
        AlertRow row = find(id);
        if (row == null) {
            throw Problem.notFound("Alert", id);
        }
        return row;
    }

    public AlertRow row(long index, boolean expanded) {
        return new AlertRow(this, index, changes.get(index), expanded);
    }

    private long indexOf(String id) {
        Long later = added.get(id);
        if (later != null && has(later)) {
            return later;
        }
        long generated = generatedIndexOf(id);
        return has(generated) ? generated : -1;
    }

    private long generatedIndexOf(String id) {
        int end = id.indexOf('_');
        if (end < 3 || size == 0) {
            return -1;
        }
        try {
            long stated = Math.subtractExact(Long.parseLong(id.substring(2, end)), Ticks.BEFORE_1970);
            long created = Math.addExact(stated, newest - ID_NEWEST);
            long index = firstNotBefore(created);
            return index < size && id(index, created(index)).equals(id) ? index : -1;
        } catch (NumberFormatException | ArithmeticException e) {
            return -1;
        }
    }

    /** Returns the index of the first generated alert created at or after the ticks; the size if there is none. */
    long firstNotBefore(long ticks) {
        long low = 0;
        long high = size;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (created(middle) < ticks) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Replaces the changed members of an alert by the result of the operator. */
    public void change(long index, UnaryOperator<Map<String, @Nullable Object>> operator) {
        changes.compute(index, (key, old) -> {
            Map<String, @Nullable Object> copy = old == null ? new LinkedHashMap<>() : new LinkedHashMap<>(old);
            return operator.apply(copy);
        });
    }

    /**
     * Adds an alert; members that are not given are computed as for any other index.
     *
     * @throws IllegalArgumentException if there is an alert with the given id
     */
    public AlertRow add(Map<String, @Nullable Object> members, Instant created) {
        long index = nextIndex.getAndIncrement();
        long ticks = Ticks.floor(members.get("alertCreationTime") instanceof Instant time ? time : created);
        String id = members.get("id") instanceof String given ? given : id(index, ticks);
        if (generatedIndexOf(id) >= 0 || added.putIfAbsent(id, index) != null) {
            throw Kind.taken("alert", id);
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", id);
        all.put("alertCreationTime", Ticks.instant(ticks));
        all.put("lastUpdateTime", Ticks.instant(ticks));
        all.put("status", "New");
        all.put("assignedTo", null);
        all.put("classification", null);
        all.put("determination", null);
        all.put("resolvedTime", null);
        if (!members.containsKey("machineId")) {
            all.put("machineId", machines.id(device(index)));
        }
        all.putAll(members);
        changes.put(index, all);
        return row(index, true);
    }

    /** Returns the alerts of a device, newest first. */
    public List<AlertRow> of(int device) {
        List<AlertRow> rows = new ArrayList<>();
        // Added devices have no generated alerts.
        long blocks = device < devices ? (size + devices - 1) / devices : 0;
        for (long block = 0; block < blocks; block++) {
            long place = Math.floorMod(Math.floorMod(device - offset(block), devices) * inverse, devices);
            long index = block * devices + place;
            if (index < size && has(index)) {
                rows.add(row(index, false));
            }
        }
        for (long index : added.values()) {
            AlertRow row = row(index, false);
            if (has(index) && row.device() == device) {
                rows.add(row);
            }
        }
        rows.sort(Comparator.comparingLong(AlertRow::created).reversed());
        return rows;
    }

    public AlertScan scan(@Nullable FilterExpression filter, long skip, boolean expanded) {
        return new AlertScan(this, filter, skip, expanded);
    }

    /** Returns the indices of added alerts and of changed ones, which a filter over times must always test. */
    List<Long> changedIndices() {
        return List.copyOf(changes.keySet());
    }
}

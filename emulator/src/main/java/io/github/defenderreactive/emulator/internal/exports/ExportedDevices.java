package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The onboarded devices as the snapshots show them. Some joined their device group recently. */
final class ExportedDevices {

    /**
     * The number of snapshots with changes: two weeks before the start of the emulator, as far back as changes can be
     * read.
     */
    static final int CHANGING = 56;

    private static final int PART = 1_000;
    private static final String UNASSIGNED = "UnassignedGroup";

    private final Organisation organisation;
    private final Machines machines;
    private final ExportSnapshot last;

    ExportedDevices(Organisation organisation, Machines machines, Instant begin) {
        this.organisation = organisation;
        this.machines = machines;
        this.last = ExportSnapshot.at(begin);
    }

    Organisation organisation() {
        return organisation;
    }

    long hash(int device, int purpose) {
        return Seeded.hash(organisation.seed(), device, purpose);
    }

    /** Returns the snapshot with the first sight of something that changed lately. */
    long changed(long hash) {
        return last.index() - Seeded.below(hash, CHANGING);
    }

    /** Returns the snapshot that shows a device in its present group for the first time; null if it always did. */
    @Nullable
    Long moved(int device) {
        long hash = hash(device, 201);
        return Math.floorMod(hash, 8L) == 0 ? (Long) changed(hash >>> 8) : null;
    }

    /** Returns a device as a snapshot shows it; null if it is not onboarded. */
    @Nullable
    ExportedDevice at(int device, ExportSnapshot snapshot) {
        Entity machine = machines.entity(device);
        if (!"Onboarded".equals(machine.get("onboardingStatus"))) {
            return null;
        }
        Long moved = moved(device);
        boolean grouped = machine.get("rbacGroupName") != null && (moved == null || snapshot.index() >= moved);
        Object build = machine.get("osBuild");
        return new ExportedDevice(
                device,
                machines.id(device),
                machines.name(device),
                machines.platformName(device),
                build == null ? String.valueOf(machine.get("version")) : "10.0." + build + "." + (1000 + device % 900),
                grouped ? String.valueOf(machine.get("rbacGroupName")) : UNASSIGNED,
                grouped && machine.get("rbacGroupId") instanceof Number group ? group.intValue() : 0,
                Ticks.instant(machines.firstSeen(device)),
                before(snapshot.time(), Ticks.instant(machines.lastSeen(device))));
    }

    /** Returns the last report before a time; a device reports once a day. */
    private static Instant before(Instant time, Instant lastSeen) {
        if (!lastSeen.isAfter(time)) {
            return lastSeen;
        }
        Duration ahead = Duration.between(time, lastSeen);
        long days = ahead.toDays();
        return lastSeen.minus(Duration.ofDays(ahead.equals(Duration.ofDays(days)) ? days : days + 1));
    }

    /** Returns one file for each device group and so many devices, as the service splits them. */
    ExportFiles files(ExportSnapshot snapshot, BiFunction<ExportedDevice, ExportSnapshot, List<Entity>> records) {
        int parts = parts();
        return new ExportFiles() {
            @Override
            public int count() {
                return parts * Machines.GROUP_IDS.size();
            }

            @Override
            public int group(int file) {
                return Machines.GROUP_IDS.get(file / parts);
            }

            @Override
            public Iterator<Entity> open(int file) {
                int group = group(file);
                return all(part(file % parts), snapshot)
                        .filter(device ->
                                group == (Machines.GROUP_IDS.contains(device.groupId()) ? device.groupId() : 0))
                        .flatMap(device -> records.apply(device, snapshot).stream())
                        .iterator();
            }
        };
    }

    int parts() {
        return (machines.end() + PART - 1) / PART;
    }

    /** Returns the devices of one file. */
    IntStream part(int number) {
        return IntStream.range(number * PART, Math.min((number + 1) * PART, machines.end()))
                .filter(machines::exists);
    }

    Stream<ExportedDevice> all(ExportSnapshot snapshot) {
        return all(machines.devices(), snapshot);
    }

    private Stream<ExportedDevice> all(IntStream some, ExportSnapshot snapshot) {
        return some.mapToObj(device -> at(device, snapshot))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }
}

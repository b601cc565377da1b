package io.github.defenderreactive.emulator.internal.machines;

import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The devices. The ids of the generated ones ascend with their index, so that a list needs no sorting and an id is
 * found by arithmetic. Those that tests add come after them and are computed alike, under an id of their own.
 */
public final class Machines {

    private static final List<String> SITES = List.of("osl", "lis", "prg", "vie", "tll");
    public static final List<String> GROUPS = List.of("Harbour offices", "Cranes and gates", "Servers");
    /** Numbers of the device groups, 0 for devices in none. */
    public static final List<Integer> GROUP_IDS = List.of(0, 100, 101, 102);

    private static final List<String> HEALTH = List.of(
            "Active",
            "Active",
            "Active",
            "Active",
            "Active",
            "Active",
            "Inactive",
            "ImpairedCommunication",
            "NoSensorData",
            "Unknown");

    private static final Pattern ADDRESS = Pattern.compile("10\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int FIRST_NET = 32;

    private record Platform(String name, String version, int build, String prefix, String group) {}

    private static final List<Platform> PLATFORMS = List.of(
            new Platform("Windows11", "23H2", 22631, "nb", "Harbour offices"),
            new Platform("Windows11", "24H2", 26100, "nb", "Harbour offices"),
            new Platform("Windows10", "22H2", 19045, "ws", "Cranes and gates"),
            new Platform("WindowsServer2022", "21H2", 20348, "srv", "Servers"),
            new Platform("macOS", "15", 0, "mac", "Harbour offices"),
            new Platform("Linux", "12", 0, "lnx", "Servers"));

    private final Organisation organisation;
    private final Clock clock;
    private final long newest;
    private final long idStep;
    private final Map<Integer, Map<String, @Nullable Object>> changes = new ConcurrentHashMap<>();
    /** Ids of the added devices, in order. */
    private final List<String> added = new CopyOnWriteArrayList<>();

    private final Set<Integer> removed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger generation = new AtomicInteger();

    public Machines(Organisation organisation, Clock clock, Instant newest) {
        this.organisation = organisation;
        this.clock = clock;
        this.newest = Ticks.floor(newest);
        this.idStep = (1L << 32) / organisation.devices();
    }

    /** Returns one more than the largest index. */
    public int end() {
        return organisation.devices() + added.size();
    }

    /** Returns the number of devices. */
    public int count() {
        return end() - removed.size();
    }

    /** Returns the indices of the devices. */
    public IntStream devices() {
        IntStream all = IntStream.range(0, end());
        return removed.isEmpty() ? all : all.filter(this::exists);
    }

    public boolean exists(int device) {
        return device >= 0 && device < end() && !removed.contains(device);
    }

    /** Returns a number that changes with the set of devices. */
    public int generation() {
        return generation.get();
    }

    /** Removes a device. What refers to it, such as its alerts, still shows it. */
    synchronized void remove(int device) {
        removed.add(device);
        generation.incrementAndGet();
    }

    /**
     * Adds a device; members that are not given are computed as for any other.
     *
     * @throws IllegalArgumentException if there is a device with the given id
     */
    public synchronized String add(Map<String, @Nullable Object> members) {
        int next = end();
        String id = members.get("id") instanceof String given ? given : Seeded.hex(organisation.seed(), next, 37, 40);
        int before = indexOf(id);
        if (exists(before)) {
            throw Kind.taken("machine", id);
        }
        Map<String, @Nullable Object> own = new LinkedHashMap<>(members);
        own.remove("id");
        changes.put(before < 0 ? next : before, own);
        if (before < 0) {
            added.add(id);
        } else {
            removed.remove(before);
        }
        generation.incrementAndGet();
        return id;
    }

    /** Returns whether a member of a device was changed. */
    public boolean isChanged(int device) {
        return changes.containsKey(device);
    }

    public String id(int device) {
        if (device >= organisation.devices()) {
            return added.get(device - organisation.devices());
        }
        long seed = organisation.seed();
        long first = device * idStep + Math.floorMod(Seeded.hash(seed, device, 31), idStep);
        return padded(Long.toHexString(first), 8) + Seeded.hex(seed, device, 32, 32);
    }

    public String name(int device) {
        return changedText(device, "computerDnsName", () -> {
            Platform platform = platform(device);
            return platform.prefix() + "-" + Seeded.pick(hash(device) >>> 24, SITES) + "-"
                    + padded(Integer.toString(device + 1), 5) + "." + Organisation.DNS_SUFFIX;
        });
    }

    /** Pads without a format string, which would dominate the cost of an alert. */
    private static String padded(String digits, int length) {
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }

    public @Nullable String group(int device) {
        Object group = changed(
                device, "rbacGroupName", isGrouped(device) ? platform(device).group() : null);
        return group == null ? null : group.toString();
    }

    public String address(int device) {
        return changedText(
                device,
                "lastIpAddress",
                () -> "10." + (FIRST_NET + (device >> 16)) + "." + ((device >> 8) & 255) + "." + (device & 255));
    }

    public String platformName(int device) {
        return changedText(device, "osPlatform", () -> platform(device).name());
    }

    /** Returns the build of a Windows device; 0 for any other. */
    public int build(int device) {
        return changed(device, "osBuild", platform(device).build()) instanceof Number build ? build.intValue() : 0;
    }

    public boolean isServer(int device) {
        return platform(device).group().equals("Servers");
    }

    /** Returns a device as other collections refer to it. */
    public Entity reference(int device) {
        return new Entity()
                .with("id", id(device))
                .with("computerDnsName", name(device))
                .with("osPlatform", platformName(device))
                .with("rbacGroupName", group(device));
    }

    /** Returns the index of a device by its id; -1 if there is none. */
    public int byId(String id) {
        int device = indexOf(id);
        return exists(device) ? device : -1;
    }

    /** Returns the index of a device by its id, even if it was removed; -1 if there was none. */
    public int indexOf(String id) {
        if (id.length() == 40) {
            try {
                long device = Long.parseLong(id.substring(0, 8), 16) / idStep;
                if (device < organisation.devices() && id((int) device).equalsIgnoreCase(id)) {
                    return (int) device;
                }
            } catch (NumberFormatException e) {
                // None of the generated ones.
            }
        }
        for (int i = 0; i < added.size(); i++) {
            if (added.get(i).equalsIgnoreCase(id)) {
                return organisation.devices() + i;
            }
        }
        return -1;
    }

    /**
     * Returns the index of a device by its id.
     *
     * @throws Problem 404 if there is none
     */
    public int require(String id) {
        int device = byId(id);
        if (device < 0) {
            throw Problem.notFound("Machine", id);
        }
        return device;
    }

    /** Returns the index of a device by its id or its computer name; -1 if there is none. */
    public int byIdOrName(String idOrName) {
        int device = byId(idOrName);
        if (device >= 0) {
            return device;
        }
        String host = idOrName.split("\\.", 2)[0];
        int dash = host.lastIndexOf('-');
        try {
            device = dash < 0 ? -1 : Integer.parseInt(host.substring(dash + 1)) - 1;
        } catch (NumberFormatException e) {
            device = -1;
        }
        return exists(device) && isCalled(device, idOrName)
                ? device
                : amongChanged(changed -> isCalled(changed, idOrName));
    }

    private boolean isCalled(int device, String name) {
        String own = name(device);
        return own.equalsIgnoreCase(name) || own.split("\\.", 2)[0].equalsIgnoreCase(name);
    }

    /** Returns the first changed device that passes; -1 if there is none. */
    private int amongChanged(IntPredicate wanted) {
        return changes.keySet().stream()
                .mapToInt(Integer::intValue)
                .filter(device -> exists(device) && wanted.test(device))
                .min()
                .orElse(-1);
    }

    /** Returns the index of a device by its internal address; -1 if there is none. */
    public int byAddress(String address) {
        Matcher parts = ADDRESS.matcher(address);
        int device = parts.matches()
                ? ((Integer.parseInt(parts.group(1)) - FIRST_NET) << 16)
                        + (Integer.parseInt(parts.group(2)) << 8)
                        + Integer.parseInt(parts.group(3))
                : -1;
        return exists(device) && address(device).equals(address)
                ? device
                : amongChanged(changed -> address(changed).equalsIgnoreCase(address));
    }

    /** Returns whether the device is assumed to have been on the network around a time. */
    public boolean seenAround(int device, Instant time, long toleranceTicks) {
        long ticks = Ticks.floor(time);
        // The time of the last full report is not the time of the last traffic: a working device is there all day.
        long until = health(device).equals("Active") ? Ticks.floor(clock.instant()) : lastSeen(device);
        return ticks >= firstSeen(device) - toleranceTicks && ticks <= until + toleranceTicks;
    }

    public void change(int device, String member, @Nullable Object value) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(member, value);
        change(device, members);
    }

    public void change(int device, Map<String, @Nullable Object> members) {
        changes.compute(device, (key, old) -> {
            Map<String, @Nullable Object> all = old == null ? new LinkedHashMap<>() : new LinkedHashMap<>(old);
            all.putAll(members);
            return all;
        });
    }

    public List<String> tags(int device) {
        List<String> tags = new ArrayList<>();
        if (member(device, "machineTags") instanceof List<?> list) {
            list.forEach(tag -> tags.add((String) tag));
        }
        return tags;
    }

    public Entity entity(int device) {
        Entity entity = new Entity();
        long hash = hash(device);
        Platform platform = platform(device);
        boolean windows = platform.build() > 0;
        boolean grouped = isGrouped(device);
        String health = health(device);
        String mac = Seeded.hex(organisation.seed(), device, 35, 12).toUpperCase(Locale.ROOT);
        entity.with("id", id(device))
                .with("mergedIntoMachineId", null)
                .with("isPotentialDuplication", false)
                .with("isExcluded", false)
                .with("exclusionReason", null)
                .with("computerDnsName", name(device))
                .with("firstSeen", Ticks.instant(firstSeen(device)))
                .with("lastSeen", Ticks.instant(lastSeen(device)))
                .with("osPlatform", platform.name())
                .with("osVersion", null)
                .with("osProcessor", "x64")
                .with("version", platform.version())
                .with("lastIpAddress", address(device))
                .with("lastExternalIpAddress", "198.51.100." + Seeded.below(hash >>> 12, 254))
                .with(
                        "agentVersion",
                        windows ? "10.8760." + platform.build() + "." + (1000 + device % 900) : "101.26032.0004")
                .with("osBuild", windows ? platform.build() : null)
                .with("healthStatus", health)
                .with("deviceValue", Seeded.pick(hash >>> 16, List.of("Normal", "Normal", "Normal", "High", "Low")))
                .with("rbacGroupId", grouped ? GROUP_IDS.get(1 + GROUPS.indexOf(platform.group())) : 0)
                .with("rbacGroupName", grouped ? platform.group() : null)
                .with("riskScore", Seeded.pick(hash >>> 18, List.of("None", "Informational", "Low", "Medium", "High")))
                .with("exposureLevel", Seeded.pick(hash >>> 21, List.of("None", "Low", "Low", "Medium", "High")))
                .with("isAadJoined", windows)
                .with("aadDeviceId", windows ? Seeded.uuid(organisation.seed(), device, 36) : null)
                .with(
                        "machineTags",
                        Seeded.pick(hash >>> 28, List.of(List.of(), List.of("quay"), List.of("quay", "shift-2"))))
                .with("defenderAvStatus", health.equals("Active") ? "Updated" : "Unknown")
                .with("onboardingStatus", health.equals("Unknown") ? "CanBeOnboarded" : "Onboarded")
                .with("osArchitecture", "64-bit")
                .with("managedBy", windows ? "Intune" : "Unknown")
                .with("managedByStatus", "Unknown")
                .with(
                        "ipAddresses",
                        List.of(
                                network(address(device), mac, "Ethernet", "Up"),
                                network(
                                        "fe80::" + mac.substring(0, 4).toLowerCase(Locale.ROOT) + ":" + device % 9999,
                                        mac,
                                        "Ethernet",
                                        "Down"),
                                network("127.0.0.1", null, "SoftwareLoopback", "Up")))
                .with("vmMetadata", null);
        Map<String, @Nullable Object> changed = changes.get(device);
        return changed == null ? entity : entity.withAll(changed);
    }

    /** Returns the changed value of a member, or the generated one. */
    private @Nullable Object changed(int device, String name, @Nullable Object own) {
        Map<String, @Nullable Object> changed = changes.get(device);
        return changed != null && changed.containsKey(name) ? changed.get(name) : own;
    }

    /** Returns the changed value of a text unless that is null, or the generated one. */
    private String changedText(int device, String name, Supplier<String> own) {
        Map<String, @Nullable Object> changed = changes.get(device);
        return changed != null && changed.get(name) instanceof String text ? text : own.get();
    }

    private boolean isGrouped(int device) {
        return Math.floorMod(hash(device) >>> 9, 5L) != 0;
    }

    private @Nullable Object member(int device, String name) {
        return entity(device).get(name);
    }

    private static Map<String, @Nullable Object> network(
            String address, @Nullable String mac, String type, String status) {
        return new Entity()
                .with("ipAddress", address)
                .with("macAddress", mac)
                .with("type", type)
                .with("operationalStatus", status)
                .members();
    }

    private String health(int device) {
        return changedText(device, "healthStatus", () -> Seeded.pick(hash(device) >>> 33, HEALTH));
    }

    public long firstSeen(int device) {
        return changed(device, "firstSeen", null) instanceof Instant time ? Ticks.floor(time) : generatedFirst(device);
    }

    private long generatedFirst(int device) {
        return newest - 200 * Ticks.DAY - Math.floorMod(Seeded.hash(organisation.seed(), device, 33), 500 * Ticks.DAY);
    }

    /** Returns the last report. A healthy device reports once a day; the others stopped before the newest alert. */
    public long lastSeen(int device) {
        if (changed(device, "lastSeen", null) instanceof Instant time) {
            return Ticks.floor(time);
        }
        long phase = Math.floorMod(Seeded.hash(organisation.seed(), device, 34), Ticks.DAY);
        if (health(device).equals("Active")) {
            long now = Ticks.floor(clock.instant());
            return now - Math.floorMod(now - phase, Ticks.DAY);
        }
        return newest - phase - (8 + Math.floorMod(phase, 150L)) * Ticks.DAY;
    }

    private Platform platform(int device) {
        return Seeded.pick(hash(device), PLATFORMS);
    }

    private long hash(int device) {
        return Seeded.hash(organisation.seed(), device, 30);
    }
}

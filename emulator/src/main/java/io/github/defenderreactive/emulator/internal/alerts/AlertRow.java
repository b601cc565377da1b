package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert. Its members are computed from its index; changed members replace computed ones.
 *
 * <p>Every time but the creation is kept within {@link #LONGEST_LAG} of the creation, which lets a filter over any of
 * them narrow the search to a stretch of indices.
 */
public final class AlertRow implements Row {

    static final long LONGEST_LAG = 6 * Ticks.HOUR;

    private static final AlertMember[] MEMBERS = AlertMember.values();

    private final Alerts alerts;
    private final long index;
    private final long hash;
    private final @Nullable Map<String, @Nullable Object> changes;
    private final boolean expanded;

    AlertRow(Alerts alerts, long index, @Nullable Map<String, @Nullable Object> changes, boolean expanded) {
        this.alerts = alerts;
        this.index = index;
        this.hash = alerts.hash(index);
        this.changes = changes;
        this.expanded = expanded;
    }

    public long index() {
        return index;
    }

    public long hash() {
        return hash;
    }

    public Alerts alerts() {
        return alerts;
    }

    public Threat threat() {
        return Seeded.pick(hash, Threat.ALL);
    }

    public String id() {
        Object own = changes == null ? null : changes.get("id");
        return own instanceof String id ? id : alerts.id(index, created());
    }

    /**
     * Returns the creation time. An added alert with a null creation time is placed at the end of the generated past.
     */
    public long created() {
        Object changed = changes == null ? null : changes.get("alertCreationTime");
        if (changed instanceof Instant time) {
            return Ticks.floor(time);
        }
        return index < alerts.size() ? alerts.created(index) : alerts.newest();
    }

    long lastEvent() {
        return created() - 7 - Math.floorMod(hash >>> 7, LONGEST_LAG / 2);
    }

    public long firstEvent() {
        return lastEvent() - Math.floorMod(hash >>> 17, LONGEST_LAG / 2 - 7);
    }

    /**
     * Returns the time of the last update: immediately for some alerts, hours later for the rest, never after the end
     * of the generated past.
     */
    long updated() {
        long lag = Math.floorMod(hash >>> 11, 3L) == 0
                ? Math.floorMod(hash >>> 13, Ticks.MINUTE)
                : Math.floorMod(hash >>> 13, LONGEST_LAG);
        return Math.min(created() + lag, Math.max(created(), alerts.newest()));
    }

    @Nullable
    Object incident() {
        return Incidents.number(index);
    }

    @Nullable
    Object investigation() {
        return Math.floorMod(hash >>> 21, 4L) == 0 ? Investigations.number(index) : null;
    }

    String status() {
        return switch (Seeded.below(hash >>> 23, 10)) {
            case 0, 1, 2, 3 -> "New";
            case 4, 5 -> "InProgress";
            default -> "Resolved";
        };
    }

    @Nullable
    Object assignedTo() {
        return status().equals("New")
                ? null
                : "analyst" + (1 + Seeded.below(hash >>> 27, 6)) + "@" + Organisation.DNS_SUFFIX;
    }

    String severity() {
        return Seeded.pick(
                hash >>> 29, List.of("Informational", "Low", "Low", "Medium", "Medium", "Medium", "High", "High"));
    }

    @Nullable
    Object classification() {
        return status().equals("Resolved")
                ? Seeded.pick(hash >>> 31, List.of("TruePositive", "InformationalExpectedActivity", "FalsePositive"))
                : null;
    }

    @Nullable
    Object determination() {
        Object classification = classification();
        if (classification == null) {
            return null;
        }
        List<String> choices = switch (classification.toString()) {
            case "TruePositive" -> List.of("Malware", "Phishing", "CompromisedUser", "MultiStagedAttack");
            case "FalsePositive" -> List.of("NotMalicious", "InsufficientData");
            default -> List.of("SecurityTesting", "LineOfBusinessApplication", "ConfirmedActivity");
        };
        return Seeded.pick(hash >>> 33, choices);
    }

    @Nullable
    Object investigationState() {
        return investigation() == null
                ? Seeded.pick(hash >>> 35, List.of("UnsupportedAlertType", "Queued", "UnsupportedOs"))
                : Seeded.pick(hash >>> 35, List.of("Benign", "SuccessfullyRemediated", "Running", "PendingApproval"));
    }

    String detector() {
        return alerts.detector(Seeded.below(hash, Threat.ALL.size()));
    }

    @Nullable
    Object resolved() {
        return status().equals("Resolved") ? Ticks.instant(updated()) : null;
    }

    public int device() {
        Object changed = changes == null ? null : changes.get("machineId");
        return changed instanceof String id ? alerts.machines().indexOf(id) : alerts.device(index);
    }

    public String machineId() {
        return alerts.machines().id(device());
    }

    public String computerName() {
        return alerts.machines().name(device());
    }

    @Nullable
    Object group() {
        return alerts.groupOf(device());
    }

    public String tenant() {
        return alerts.organisation().tenantId();
    }

    /** Returns the user; null for one alert in seven. */
    public @Nullable Integer user() {
        return Math.floorMod(hash >>> 37, 7L) == 0
                ? null
                : alerts.organisation().userOf(device());
    }

    @Nullable
    Object relatedUser() {
        Integer user = user();
        return user == null
                ? null
                : new Entity()
                        .with("userName", alerts.organisation().account(user))
                        .with("domainName", Organisation.DOMAIN);
    }

    List<?> loggedOnUsers() {
        Integer user = user();
        return user == null
                ? List.of()
                : List.of(new Entity()
                        .with("accountName", alerts.organisation().account(user))
                        .with("domainName", Organisation.DOMAIN));
    }

    /** Returns the evidence, computed or given; none unless the row is expanded. */
    public List<Evidence> evidence() {
        if (!expanded) {
            return List.of();
        } else if (changes == null || !changes.containsKey("evidence")) {
            return Evidence.of(this);
        }
        return changes.get("evidence") instanceof List<?> given
                ? given.stream().map(Evidence.class::cast).toList()
                : List.of();
    }

    @Override
    public @Nullable Object get(String member) {
        AlertMember found = AlertMember.of(member);
        return found == null ? null : value(found);
    }

    public @Nullable Object value(AlertMember member) {
        // Evidence that is given shows only where evidence shows at all.
        boolean hidden = member == AlertMember.EVIDENCE && !expanded;
        return changes != null && !hidden && changes.containsKey(member.json())
                ? changes.get(member.json())
                : member.compute(this);
    }

    @Override
    public void writeMembers(JsonWriter out) {
        for (AlertMember member : MEMBERS) {
            out.name(member.json());
            Values.write(out, value(member));
        }
        unknown().forEach((name, value) -> {
            out.name(name);
            Values.write(out, value);
        });
    }

    /** Returns the given members that the description does not know. */
    private Map<String, @Nullable Object> unknown() {
        if (changes == null) {
            return Map.of();
        }
        Map<String, @Nullable Object> unknown = new LinkedHashMap<>(changes);
        for (AlertMember member : MEMBERS) {
            unknown.remove(member.json());
        }
        return unknown;
    }

    @Override
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (AlertMember member : MEMBERS) {
            members.put(member.json(), Values.plain(value(member)));
        }
        unknown().forEach((name, value) -> members.put(name, Values.plain(value)));
        return Collections.unmodifiableMap(members);
    }
}

package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.data.Items;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Row;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The alerts as tests change them. */
public final class AlertItems implements Items {

    private final Alerts alerts;
    private final Supplier<Instant> now;

    public AlertItems(Alerts alerts, Supplier<Instant> now) {
        this.alerts = alerts;
        this.now = now;
    }

    Kind kind() {
        return new Kind("alerts", "an alert", "listAlerts", Set.of("id", "alertCreationTime", "machineId"), this);
    }

    @Override
    public String add(Map<String, @Nullable Object> members) {
        if (members.get("machineId") instanceof String machine
                && alerts.machines().byId(machine) < 0) {
            throw new IllegalArgumentException(
                    "alert member machineId must be the id of a machine, was '" + machine + "'");
        }
        return alerts.add(withEvidence(members), now.get()).id();
    }

    private static Map<String, @Nullable Object> withEvidence(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(members);
        if (all.get("evidence") instanceof List<?> evidence) {
            all.put(
                    "evidence",
                    evidence.stream()
                            .map(item -> Evidence.given((Map<?, ?>) item))
                            .toList());
        }
        return all;
    }

    public AlertRow row(String id) {
        return Objects.requireNonNull(alerts.find(id));
    }

    @Override
    public @Nullable Map<String, @Nullable Object> find(String id) {
        AlertRow row = alerts.find(id);
        return row == null ? null : row.members();
    }

    @Override
    public void change(String id, Map<String, @Nullable Object> members) {
        alerts.change(row(id).index(), changes -> {
            changes.put("lastUpdateTime", now.get());
            changes.putAll(withEvidence(members));
            return changes;
        });
    }

    @Override
    public void remove(String id) {
        alerts.remove(row(id));
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return rows(new AlertScan(alerts, null, 0, true));
    }

    public static Stream<Map<String, @Nullable Object>> rows(AlertScan scan) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(scan, Spliterator.ORDERED), false)
                .map(Row::members)
                .map(Values::plainMembers);
    }

    @Override
    public long count() {
        return alerts.count();
    }
}

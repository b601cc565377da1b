package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.data.Overlay;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The automated investigations: each belongs to the alert that triggered it, and is computed from that. */
public final class Investigations {

    private static final long FIRST = 20_000;
    /** Number of the first one that a test adds, beyond those of all alerts. */
    private static final long FIRST_GIVEN = 2_000_000_000;

    private static final Set<String> OPEN = Set.of("Running", "Queued", "PendingApproval", "PendingResource");

    private final Alerts alerts;
    private final Sightings sightings;
    private final Supplier<Instant> now;
    private final Overlay overlay;
    /** The ends of the investigations that callers started, by alert. */
    private final Map<Long, Instant> ends = new ConcurrentHashMap<>();

    Investigations(Alerts alerts, Sightings sightings, Supplier<Instant> now) {
        this.alerts = alerts;
        this.sightings = sightings;
        this.now = now;
        this.overlay = new Overlay("investigation", () -> rows(null), this::identified);
    }

    /** Sets the time at which the running investigation of an alert ends without a finding. */
    public void endAt(long alertIndex, Instant time) {
        ends.put(number(alertIndex), time);
    }

    Kind kind() {
        return new Kind("investigations", "an investigation", "listInvestigations", Set.of("id"), overlay);
    }

    private Entity identified(Entity given) {
        return given.get("id") != null
                ? given
                : given.with("id", String.valueOf(FIRST_GIVEN + overlay.added().count()));
    }

    /** Returns the number of the investigation of an alert, if it has one. */
    public static long number(long alertIndex) {
        return FIRST + alertIndex;
    }

    /** Returns an investigation by its own number or by the id of its alert; null if there is none. */
    @Nullable
    Entity find(String id) {
        Entity given = overlay.given(id);
        AlertRow row = alerts.find(id);
        if (row == null) {
            row = byNumber(id);
        }
        if (given != null || row == null || numberOf(row) == null) {
            return given;
        }
        String number = String.valueOf(numberOf(row));
        Entity changed = overlay.given(number);
        return overlay.removed(number) || changed != null ? changed : entity(row);
    }

    private @Nullable AlertRow byNumber(String id) {
        if (!id.matches("\\d{1,18}")) {
            return null;
        }
        long number = Long.parseLong(id);
        long index = number - FIRST;
        return Stream.concat(
                        Stream.of(index).filter(own -> own >= 0 && own < alerts.size()),
                        alerts.changedIndices().stream())
                .map(candidate -> alerts.row(candidate, false))
                .filter(row -> numberOf(row) instanceof Number own && own.longValue() == number)
                .findFirst()
                .orElse(null);
    }

    /** Returns the investigations, newest first, the added ones before the others. */
    Iterator<Row> rows(@Nullable FilterExpression filter, long skip) {
        return overlay.over(rows(filter))
                .filter(row -> filter == null || filter.test(row))
                .skip(skip)
                .iterator();
    }

    private Stream<Entity> rows(@Nullable FilterExpression filter) {
        return candidates(filter).filter(row -> numberOf(row) != null).map(this::entity);
    }

    /**
     * Returns the alerts that the filter leaves to test: few for an equality over an id, some for a span over the
     * start.
     */
    private Stream<AlertRow> candidates(@Nullable FilterExpression filter) {
        if (filter == null) {
            return sightings.alerts(hash -> true);
        } else if (filter.equalTo("id") instanceof String id) {
            return Stream.ofNullable(byNumber(id));
        } else if (filter.equalTo("triggeringAlertId") instanceof String id) {
            return Stream.ofNullable(alerts.find(id));
        } else if (filter.equalTo("machineId") instanceof String id) {
            int device = alerts.machines().byId(id);
            return device < 0 ? Stream.empty() : alerts.of(device).stream();
        }
        return sightings.alerts(hash -> true, filter.span("startTime"));
    }

    private static @Nullable Object numberOf(AlertRow row) {
        return row.value(AlertMember.INVESTIGATION);
    }

    public Entity entity(AlertRow row) {
        Object state = row.value(AlertMember.INVESTIGATION_STATE);
        Instant end = numberOf(row) instanceof Number number ? ends.get(number.longValue()) : null;
        boolean ended = end != null && "Running".equals(state) && !now.get().isBefore(end);
        Instant start = Ticks.instant(row.created());
        return new Entity()
                .with("id", String.valueOf(numberOf(row)))
                .with("startTime", start)
                .with(
                        "endTime",
                        ended ? end : OPEN.contains(String.valueOf(state)) ? null : row.value(AlertMember.UPDATED))
                .with("state", ended ? "Benign" : state)
                .with("cancelledBy", null)
                .with("statusDetails", null)
                .with("machineId", row.machineId())
                .with("computerDnsName", row.computerName())
                .with("triggeringAlertId", row.id());
    }
}

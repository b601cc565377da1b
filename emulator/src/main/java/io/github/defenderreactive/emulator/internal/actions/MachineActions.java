package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.rules.ActionEnd;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The response actions, generated ones and those that callers started. */
public final class MachineActions {

    private static final Set<String> PAST_TYPES_SCOPED = Set.of("Isolate", "RunAntiVirusScan");
    private static final List<String> PAST_TYPES =
            List.of("RunAntiVirusScan", "Isolate", "Unisolate", "CollectInvestigationPackage", "RestrictCodeExecution");
    private static final List<String> PAST_STATES =
            List.of("Succeeded", "Succeeded", "Succeeded", "Failed", "Cancelled", "TimeOut");
    private static final int MOST_PAST_ACTIONS = 200;

    private final Organisation organisation;
    private final Machines machines;
    private final Clock clock;
    private final Duration pending;
    private final Duration running;
    private final Duration visibleAfter;
    /** The statuses with which actions end, by device; success if there is none. */
    private final Map<Integer, ActionEnd> ends = new HashMap<>();
    /** Oldest first. */
    private final List<MachineAction> actions = new ArrayList<>();

    MachineActions(Organisation organisation, Machines machines, ServiceOptions options, Clock clock) {
        this.organisation = organisation;
        this.machines = machines;
        this.clock = clock;
        this.pending = options.actionPending();
        this.running = options.actionRunning();
        this.visibleAfter = options.actionVisibleAfter();
        int past = Math.min(organisation.devices() / 2, MOST_PAST_ACTIONS);
        for (int i = past; i > 0; i--) {
            actions.add(past(i, options.newestAlert()));
        }
    }

    private MachineAction past(int age, Instant newest) {
        long seed = organisation.seed();
        long hash = Seeded.hash(seed, age, 61);
        Instant created = Ticks.instant(Ticks.floor(newest) - age * 7L * Ticks.HOUR - Math.floorMod(hash, Ticks.HOUR));
        Instant started = created.plusMillis(1_700);
        Instant finished = started.plusSeconds(20 + Seeded.below(hash >>> 5, 600));
        String type = Seeded.pick(hash >>> 9, PAST_TYPES);
        String status = Seeded.pick(hash >>> 14, PAST_STATES);
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("requestor", "analyst" + (1 + Seeded.below(hash >>> 19, 6)) + "@" + Organisation.DNS_SUFFIX);
        request.put("requestorComment", "Follow-up " + age);
        request.put("scope", PAST_TYPES_SCOPED.contains(type) ? "Full" : null);
        int device = Seeded.below(hash >>> 23, organisation.devices());
        MachineAction action = new MachineAction(
                Seeded.uuid(seed, age, 62), type, device, created, started, finished, request, List.of());
        if (status.equals("Cancelled")) {
            action.cancel("No longer needed", String.valueOf(request.get("requestor")), finished);
        } else if (!status.equals("Succeeded")) {
            action.end(status, finished);
        }
        return action;
    }

    /**
     * Starts an action.
     *
     * @param own the end of this action; null for that of actions on the device
     * @throws Problem 400 while one of the kind is active on the device
     */
    synchronized MachineAction start(
            String type,
            int device,
            Map<String, @Nullable Object> request,
            List<Map<?, ?>> commands,
            @Nullable ActionEnd own) {
        Instant now = now();
        for (MachineAction action : actions) {
            if (action.device() == device && action.type().equals(type) && action.active(now)) {
                throw new Problem(
                        400,
                        "ActiveRequestAlreadyExists",
                        "Action " + type + " is already in progress on machine " + machines.id(device));
            }
        }
        MachineAction action = new MachineAction(
                Seeded.uuid(organisation.seed(), actions.size(), 63),
                type,
                device,
                now,
                now.plus(pending),
                now.plus(pending).plus(running),
                request,
                commands);
        ActionEnd end = own == null ? ends.get(device) : own;
        if (end != null) {
            action.end(end, now.plus(pending).plus(running));
        }
        actions.add(action);
        return action;
    }

    /** Returns the time from the request of an action to its end. */
    Duration pace() {
        return pending.plus(running);
    }

    /** Returns the number of active actions of a kind. */
    synchronized long active(String type) {
        Instant now = now();
        return actions.stream()
                .filter(action -> action.type().equals(type) && action.active(now))
                .count();
    }

    /** Sets the status with which later actions on a device end. */
    public synchronized void endAs(int device, String status) {
        ends.put(device, new ActionEnd(status, MachineAction.errorOf(status)));
    }

    /**
     * Adds an action, which has ended unless it is given another status.
     *
     * @throws IllegalArgumentException if there is an action with the given id
     */
    public synchronized MachineAction add(int device, Map<String, @Nullable Object> members) {
        Instant now = members.get("creationDateTimeUtc") instanceof Instant created ? created : now();
        String id = members.get("id") instanceof String given
                ? given
                : Seeded.uuid(organisation.seed(), actions.size(), 64);
        if (actions.stream().anyMatch(action -> action.id().equalsIgnoreCase(id))) {
            throw Kind.taken("action", id);
        }
        String type = members.get("type") instanceof String given ? given : PAST_TYPES.get(0);
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("requestor", "soc-automation");
        MachineAction action = new MachineAction(id, type, device, now, now, now, request, List.of());
        action.give(members, now);
        actions.add(action);
        return action;
    }

    synchronized void remove(MachineAction action) {
        actions.remove(action);
    }

    /**
     * Returns an action by its id.
     *
     * @throws Problem 404 for one that does not exist or is not visible yet
     */
    public synchronized MachineAction get(String id) {
        Instant now = now();
        for (MachineAction action : actions) {
            if (action.id().equalsIgnoreCase(id) && visible(action, now)) {
                return action;
            }
        }
        throw Problem.notFound("Machine action", id);
    }

    /** Returns the visible actions, latest first. */
    public synchronized List<Entity> entities() {
        Instant now = now();
        List<Entity> entities = new ArrayList<>(actions.size());
        for (int i = actions.size() - 1; i >= 0; i--) {
            if (visible(actions.get(i), now)) {
                entities.add(actions.get(i).entity(machines, now));
            }
        }
        return entities;
    }

    private boolean visible(MachineAction action, Instant now) {
        return !now.isBefore(action.created().plus(visibleAfter));
    }

    public Instant now() {
        return Ticks.instant(Ticks.floor(clock.instant()));
    }
}

package io.github.defenderreactive.emulator.internal.scans;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The authenticated scans: two generated ones and those that callers created. Thread-safe. */
public final class ScanDefinitions {

    private static final int PAST = 2;

    private final long seed;
    private final ScanAgents agents;
    private final Supplier<Instant> now;
    private final Map<String, ScanDefinition> byId = new LinkedHashMap<>();
    private int created;

    ScanDefinitions(Organisation organisation, ScanAgents agents, Instant newest, Supplier<Instant> now) {
        this.seed = organisation.seed();
        this.agents = agents;
        this.now = now;
        for (int i = 0; i < PAST; i++) {
            Map<String, @Nullable Object> settings = new LinkedHashMap<>();
            settings.put("scanType", "Network");
            settings.put("scanName", i == 0 ? "Switches of the north quay" : "Gate controllers");
            settings.put("isActive", true);
            settings.put("target", "10.40." + i + ".1,10.40." + i + ".2,10.40." + i + ".9");
            settings.put("intervalInHours", 4 + 8 * i);
            settings.put("targetType", "Ip");
            settings.put(
                    "scanAuthenticationParams",
                    new Entity()
                            .with("@odata.type", "#microsoft.windowsDefenderATP.api.SnmpAuthParams")
                            .with("type", "CommunityString")
                            .with("communityString", "quay-" + i + "-" + Seeded.hex(seed, i, 125, 8)));
            add(
                    settings,
                    agents.devices().get(i % agents.devices().size()),
                    "soc-automation",
                    Ticks.instant(Ticks.floor(newest) - (60 + i) * Ticks.DAY));
        }
    }

    /** Returns all definitions, with the credentials. */
    synchronized List<Entity> entities() {
        return byId.values().stream()
                .map(definition -> definition.entity(
                        agents.organisationId(), agents.embedded(definition.device(), true), true, now.get()))
                .toList();
    }

    /**
     * Creates a definition; the response lacks the credentials.
     *
     * @throws Problem 400 for an unknown agent or an invalid interval
     */
    synchronized Entity create(Map<?, ?> request, String application) {
        return changed(add(request, agent(request), application, now.get()));
    }

    private ScanDefinition add(Map<?, ?> settings, int device, String application, Instant time) {
        requireInterval(settings);
        ScanDefinition definition =
                new ScanDefinition(seed, Seeded.uuid(seed, created++, 126), application, device, settings, time);
        byId.put(definition.id(), definition);
        return definition;
    }

    /**
     * Changes a definition; the response lacks the credentials.
     *
     * @throws Problem 404 for an unknown one, 400 as for a new one
     */
    synchronized Entity update(String id, Map<?, ?> request) {
        ScanDefinition definition = find(id);
        requireInterval(request);
        request.forEach((name, value) -> {
            if (value == null) {
                throw Problem.invalidInput("Request body: " + name + " must not be null");
            }
        });
        int device = request.containsKey("scannerAgent") ? agent(request) : definition.device();
        definition.change(request, device, now.get());
        return changed(definition);
    }

    private Entity changed(ScanDefinition definition) {
        return definition.entity(
                agents.organisationId(), agents.embedded(definition.device(), false), false, now.get());
    }

    /**
     * Deletes definitions, or none of them when one is unknown.
     *
     * @throws Problem 404 with the first unknown id
     */
    synchronized void delete(List<String> ids) {
        ids.forEach(this::find);
        byId.keySet().removeAll(ids);
    }

    /** Returns the runs of definitions, latest first; an unknown one has none. */
    public synchronized List<ScanRun> runs(List<String> ids) {
        List<ScanRun> runs = new ArrayList<>();
        for (String id : ids) {
            ScanDefinition definition = byId.get(id);
            if (definition != null) {
                runs.addAll(definition.runs(now.get()));
            }
        }
        runs.sort((left, right) -> right.time().compareTo(left.time()));
        return runs;
    }

    /** Returns the runs of all definitions. */
    synchronized List<ScanRun> runs() {
        return runs(List.copyOf(byId.keySet()));
    }

    private ScanDefinition find(String id) {
        ScanDefinition definition = byId.get(id);
        if (definition == null) {
            throw Problem.notFound("Scan definition", id);
        }
        return definition;
    }

    private int agent(Map<?, ?> request) {
        String id =
                request.get("scannerAgent") instanceof Map<?, ?> agent ? String.valueOf(agent.get("machineId")) : "";
        try {
            return agents.find(id);
        } catch (Problem e) {
            throw Problem.invalidInput(
                    "Request body: scannerAgent/machineId is '" + id + "', not a device that can scan");
        }
    }

    private static void requireInterval(Map<?, ?> request) {
        if (request.get("intervalInHours") instanceof Number hours && hours.intValue() < 1) {
            throw Problem.invalidInput("Request body: intervalInHours is " + hours + ", it must be at least 1");
        }
    }
}

package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.alerts.Users;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of the machines group. */
final class MachineOperations {

    private static final Duration FIND_REACH = Duration.ofDays(30);

    private final Machines machines;
    private final Alerts alerts;
    private final Inventory inventory;
    private final ODataResponses responses;
    private final boolean notFoundWhenNone;
    private final Supplier<Instant> now;

    MachineOperations(
            Machines machines,
            Alerts alerts,
            Inventory inventory,
            ODataResponses responses,
            boolean notFoundWhenNone,
            Supplier<Instant> now) {
        this.machines = machines;
        this.alerts = alerts;
        this.inventory = inventory;
        this.responses = responses;
        this.notFoundWhenNone = notFoundWhenNone;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listMachines", this::list);
        handlers.put(
                "getMachine", call -> ODataResponses.entity(call, "Machines", machines.entity(findByName(call.id()))));
        handlers.put("updateMachine", this::update);
        handlers.put("findMachinesByIp", call -> byAddress(call, 15, false));
        handlers.put("findMachineInfoByIp", call -> byAddress(call, 16, true));
        handlers.put("findMachinesByTag", this::byTag);
        handlers.put(
                "listMachineLogonUsers",
                call -> responses.collection(call, "Users", users(machines.require(call.id()))));
        handlers.put(
                "listMachineAlerts",
                call -> responses.collection(call, "Alerts", alerts.of(machines.require(call.id()))));
        handlers.put("countMachineAlerts", this::countAlerts);
        handlers.put("addOrRemoveMachineTag", this::tag);
        handlers.put("addOrRemoveTagForMultipleMachines", this::tagMany);
        handlers.put("setDeviceValue", this::setValue);
        handlers.put(
                "listMachineSoftware",
                call -> responses.collection(call, "Software", inventory.software(machines.require(call.id()))));
        handlers.put("listMachineVulnerabilities", this::vulnerabilities);
        handlers.put(
                "listMachineRecommendations",
                call -> responses.collection(
                        call, "Recommendations", inventory.recommendations(machines.require(call.id()))));
        handlers.put(
                "listMachineMissingKbs",
                call -> responses.collection(
                        call,
                        "Collection(microsoft.windowsDefenderATP.api.PublicProductFixDto)",
                        inventory.missingKbs(machines.require(call.id()))));
    }

    private int findByName(String idOrName) {
        int device = machines.byIdOrName(idOrName);
        if (device < 0) {
            throw Problem.notFound("Machine", idOrName);
        }
        return device;
    }

    private ServiceResponse list(OperationCall call) {
        return responses.page(call, "Machines", null, (filter, skip) -> {
            Iterator<Entity> rows = rows(filter, skip);
            if (notFoundWhenNone && filter != null && skip == 0 && !rows.hasNext()) {
                throw new Problem(404, "ResourceNotFound", "No recent machines were found");
            }
            return rows;
        });
    }

    private Iterator<Entity> rows(@Nullable FilterExpression filter, long skip) {
        if (filter == null) {
            return machines.devices().skip(skip).mapToObj(machines::entity).iterator();
        }
        return machines.devices()
                .mapToObj(machines::entity)
                .filter(filter::test)
                .skip(skip)
                .iterator();
    }

    private ServiceResponse update(OperationCall call) {
        int device = machines.require(call.id());
        if (call.body().containsKey("machineTags")) {
            machines.change(device, "machineTags", call.texts("machineTags"));
        }
        if (call.body().containsKey("deviceValue")) {
            machines.change(device, "deviceValue", call.text("deviceValue"));
        }
        return ODataResponses.entity(call, "Machines", machines.entity(device));
    }

    private ServiceResponse byAddress(OperationCall call, int minutes, boolean notFound) {
        Instant time;
        try {
            time = Instant.parse(call.path("timestamp"));
        } catch (DateTimeParseException e) {
            throw Problem.invalidInput("'" + call.path("timestamp") + "' is not a time in UTC");
        }
        if (time.isBefore(now.get().minus(FIND_REACH))) {
            throw Problem.invalidInput("The timestamp must lie in the last 30 days");
        }
        int device = machines.byAddress(call.path("ip"));
        boolean found = device >= 0 && machines.seenAround(device, time, minutes * Ticks.MINUTE);
        if (!found && notFound) {
            throw new Problem(404, "ResourceNotFound", "No machine used " + call.path("ip") + " at that time");
        }
        return responses.collection(call, "Machines", found ? List.of(machines.entity(device)) : List.of());
    }

    private ServiceResponse byTag(OperationCall call) {
        String tag = call.query().get("tag");
        if (tag == null) {
            throw new Problem(400, "MissingRequiredParameter", "Query parameter tag is missing");
        }
        boolean prefix = Boolean.parseBoolean(call.query().get("useStartsWithFilter"));
        return responses.collection(
                call,
                "Machines",
                machines.devices()
                        .filter(device -> machines.tags(device).stream()
                                .anyMatch(own -> prefix ? own.startsWith(tag) : own.equals(tag)))
                        .mapToObj(machines::entity)
                        .toList());
    }

    private List<Entity> users(int device) {
        List<Entity> users = new ArrayList<>();
        for (int user : alerts.organisation().usersOf(device)) {
            long hash = Seeded.hash(alerts.organisation().seed(), user, 17);
            users.add(Users.entity(alerts.organisation(), hash, user, alerts.newest()));
        }
        return users;
    }

    private ServiceResponse countAlerts(OperationCall call) {
        FilterExpression filter = responses.filter(call);
        return ODataResponses.number(
                call,
                alerts.of(machines.require(call.id())).stream()
                        .filter(row -> filter == null || filter.test(row))
                        .count());
    }

    private ServiceResponse tag(OperationCall call) {
        int device = machines.require(call.id());
        tag(device, call.required("Value"), call.required("Action"));
        return ODataResponses.entity(call, "Machines", machines.entity(device));
    }

    private ServiceResponse tagMany(OperationCall call) {
        List<Integer> devices =
                call.texts("MachineIds").stream().map(machines::require).toList();
        devices.forEach(device -> tag(device, call.required("Value"), call.required("Action")));
        return responses.collection(
                call, "Machines", devices.stream().map(machines::entity).toList());
    }

    private synchronized void tag(int device, String tag, String action) {
        List<String> tags = machines.tags(device);
        tags.remove(tag);
        if (action.equals("Add")) {
            tags.add(tag);
        }
        machines.change(device, "machineTags", List.copyOf(tags));
    }

    private ServiceResponse setValue(OperationCall call) {
        int device = machines.require(call.id());
        machines.change(device, "deviceValue", call.required("DeviceValue"));
        return ODataResponses.entity(call, "Machines", machines.entity(device));
    }

    /** Returns the vulnerabilities of a device, with a count, which the service sends only here unasked. */
    private ServiceResponse vulnerabilities(OperationCall call) {
        List<Entity> found = inventory.vulnerabilities(machines.require(call.id()));
        return responses.page(
                call,
                "Collection(microsoft.windowsDefenderATP.api.PublicVulnerabilityDto)",
                found.size(),
                (filter, skip) -> found.stream().skip(skip).iterator());
    }
}

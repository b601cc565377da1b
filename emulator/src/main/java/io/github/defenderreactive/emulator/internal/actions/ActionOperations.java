package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.alerts.Investigations;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.Machines;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations of the machine-actions group. */
final class ActionOperations {

    private static final int MOST_SESSIONS = 50;

    private static final List<String> COMMAND_ORDER = List.of("PutFile", "RunScript", "GetFile");

    private final Machines machines;
    private final MachineActions actions;
    private final Alerts alerts;
    private final Investigations investigations;
    private final Library library;
    private final Downloads downloads;
    private final ODataResponses responses;
    private final Supplier<Instant> now;

    ActionOperations(
            Machines machines,
            MachineActions actions,
            Alerts alerts,
            Investigations investigations,
            Library library,
            Downloads downloads,
            ODataResponses responses,
            Supplier<Instant> now) {
        this.machines = machines;
        this.actions = actions;
        this.alerts = alerts;
        this.investigations = investigations;
        this.library = library;
        this.downloads = downloads;
        this.responses = responses;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listMachineActions", call -> responses.collection(call, "MachineActions", actions.entities()));
        handlers.put("getMachineAction", call -> respond(call, actions.get(call.id())));
        handlers.put("cancelMachineAction", this::cancel);
        handlers.put("getInvestigationPackageUri", this::packageLink);
        handlers.put("getLiveResponseResultDownloadLink", this::resultLink);
        handlers.put("runLiveResponse", this::liveResponse);
        handlers.put("startInvestigation", this::investigate);
        handlers.put("isolateMachine", call -> start(call, "Isolate", call.text("IsolationType")));
        handlers.put("unisolateMachine", call -> start(call, "Unisolate", null));
        handlers.put("restrictCodeExecution", call -> start(call, "RestrictCodeExecution", null));
        handlers.put("unrestrictCodeExecution", call -> start(call, "UnrestrictCodeExecution", null));
        handlers.put("runAntiVirusScan", call -> start(call, "RunAntiVirusScan", call.text("ScanType")));
        handlers.put("collectInvestigationPackage", call -> start(call, "CollectInvestigationPackage", null));
        handlers.put("stopAndQuarantineFile", this::quarantine);
        handlers.put("offboardMachine", this::offboard);
    }

    private ServiceResponse respond(OperationCall call, MachineAction action) {
        return ODataResponses.entity(call, "MachineActions", action.entity(machines, actions.now()));
    }

    private static Map<String, @Nullable Object> request(OperationCall call, @Nullable String scope) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("requestor", call.application());
        request.put("requestorComment", call.text("Comment"));
        request.put("scope", scope);
        return request;
    }

    private ServiceResponse start(OperationCall call, String type, @Nullable String scope) {
        return respond(
                call,
                actions.start(type, machines.require(call.id()), request(call, scope), List.of(), call.actionEnd()));
    }

    private ServiceResponse quarantine(OperationCall call) {
        String sha1 = call.required("Sha1");
        if (!sha1.matches("(?i)[0-9a-f]{40}")) {
            throw new Problem(400, "InvalidHashValue", "'" + sha1 + "' is not a SHA-1");
        }
        Map<String, @Nullable Object> request = request(call, null);
        request.put("relatedFileInfo", new Entity().with("fileIdentifier", sha1).with("fileIdentifierType", "Sha1"));
        return respond(
                call,
                actions.start(
                        "StopAndQuarantineFile", machines.require(call.id()), request, List.of(), call.actionEnd()));
    }

    private ServiceResponse offboard(OperationCall call) {
        int device = machines.require(call.id());
        if (!machines.platformName(device).startsWith("Windows")) {
            throw new Problem(
                    400, "OsPlatformNotSupported", "Offboarding is not possible on " + machines.platformName(device));
        }
        return respond(call, actions.start("Offboard", device, request(call, null), List.of(), call.actionEnd()));
    }

    private ServiceResponse cancel(OperationCall call) {
        MachineAction action = actions.get(call.id());
        if (!action.active(actions.now())) {
            throw new Problem(400, "BadRequest", "Action " + action.id() + " has ended and cannot be cancelled");
        }
        action.cancel(call.text("Comment"), call.application(), actions.now());
        return respond(call, action);
    }

    private ServiceResponse liveResponse(OperationCall call) {
        int device = machines.require(call.id());
        List<Map<?, ?>> commands = new ArrayList<>();
        int reached = 0;
        if (call.body().get("Commands") instanceof List<?> list) {
            for (Object element : list) {
                Map<?, ?> command = (Map<?, ?>) element;
                int order = COMMAND_ORDER.indexOf(String.valueOf(command.get("type")));
                if (order < reached) {
                    throw Problem.invalidInput("Commands must come in the order " + String.join(", ", COMMAND_ORDER));
                }
                reached = order;
                requireInLibrary(command);
                commands.add(command);
            }
        }
        if (commands.isEmpty()) {
            throw Problem.invalidInput("A live response needs a command");
        }
        if (actions.active("LiveResponse") >= MOST_SESSIONS) {
            throw new Problem(429, "TooManyRequests", "There are " + MOST_SESSIONS + " live response sessions already");
        }
        return respond(call, actions.start("LiveResponse", device, request(call, null), commands, call.actionEnd()));
    }

    /** Checks that the file or script of a command is in the library. */
    private void requireInLibrary(Map<?, ?> command) {
        String key = switch (String.valueOf(command.get("type"))) {
            case "PutFile" -> "FileName";
            case "RunScript" -> "ScriptName";
            default -> "";
        };
        if (key.isEmpty()) {
            return;
        }
        String name = parameter(command, key);
        if (name == null) {
            throw new Problem(
                    400, "MissingRequiredParameter", "Request body: a " + command.get("type") + " without " + key);
        }
        if (!library.has(name)) {
            throw Problem.invalidInput("File " + name + " is not in the library");
        }
    }

    private static @Nullable String parameter(Map<?, ?> command, String key) {
        if (command.get("params") instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> parameter
                        && key.equals(parameter.get("key"))
                        && parameter.get("value") instanceof String value) {
                    return value;
                }
            }
        }
        return null;
    }

    /** Returns the link in quotes of its own, as the service sends it. */
    private ServiceResponse packageLink(OperationCall call) {
        MachineAction action = actions.get(call.id());
        if (!action.type().equals("CollectInvestigationPackage")
                || !action.status(actions.now()).equals("Succeeded")) {
            throw Problem.notFound("Package of machine action", action.id());
        }
        return ODataResponses.text(call, "\"" + downloads.link(call.root(), action.id() + "/package.zip") + "\"");
    }

    private ServiceResponse resultLink(OperationCall call) {
        MachineAction action = actions.get(call.id());
        int index;
        try {
            index = Integer.parseInt(call.path("index"));
        } catch (NumberFormatException e) {
            throw Problem.invalidInput("'" + call.path("index") + "' is not the index of a command");
        }
        List<Map<?, ?>> commands = action.commands();
        if (!action.type().equals("LiveResponse") || index < 0 || index >= commands.size()) {
            throw Problem.notFound("Command " + index + " of machine action", action.id());
        }
        Object type = commands.get(index).get("type");
        if (!action.isCompleted(index, actions.now()) || "PutFile".equals(type)) {
            throw Problem.notFound("Result of command " + index + " of machine action", action.id());
        }
        String script = parameter(commands.get(index), "ScriptName");
        String name = "RunScript".equals(type) && script != null
                ? "/script-" + index + "/" + URLEncoder.encode(script, StandardCharsets.UTF_8) + ".json"
                : "/file-" + index + ".bin";
        return ODataResponses.text(call, downloads.link(call.root(), action.id() + name));
    }

    private ServiceResponse investigate(OperationCall call) {
        int device = machines.require(call.id());
        Instant time = now.get();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("title", "Automated investigation started manually");
        members.put("description", "An analyst started an automated investigation: " + call.required("Comment"));
        members.put("severity", "Informational");
        members.put("category", "SuspiciousActivity");
        members.put("detectionSource", "AutomatedInvestigation");
        members.put("investigationState", "Running");
        members.put("machineId", machines.id(device));
        long index = alerts.add(members, time).index();
        alerts.change(index, changes -> {
            changes.put("investigationId", Investigations.number(index));
            return changes;
        });
        investigations.endAt(index, time.plus(actions.pace()));
        return ODataResponses.entity(call, "Investigations", investigations.entity(alerts.row(index, false)));
    }
}

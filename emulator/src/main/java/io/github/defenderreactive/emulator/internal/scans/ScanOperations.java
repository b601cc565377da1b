package io.github.defenderreactive.emulator.internal.scans;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.List;
import java.util.Map;

/** The operations of the authenticated-scans group. */
final class ScanOperations {

    private static final String DEFINITIONS = "DeviceAuthenticatedScanDefinitions";
    private static final String AGENTS = "DeviceAuthenticatedScanAgents";

    private final ScanDefinitions definitions;
    private final ScanAgents agents;
    private final ODataResponses responses;

    ScanOperations(ScanDefinitions definitions, ScanAgents agents, ODataResponses responses) {
        this.definitions = definitions;
        this.agents = agents;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listScanDefinitions", call -> responses.collection(call, DEFINITIONS, definitions.entities()));
        handlers.put(
                "createScanDefinition",
                call -> ODataResponses.entity(call, DEFINITIONS, definitions.create(call.body(), call.application())));
        handlers.put(
                "updateScanDefinition",
                call -> ODataResponses.entity(call, DEFINITIONS, definitions.update(call.id(), call.body())));
        handlers.put("batchDeleteScanDefinitions", this::delete);
        handlers.put("listScanAgents", call -> responses.collection(call, AGENTS, agents()));
        handlers.put("getScanAgent", this::agent);
        handlers.put("listScanHistoryByDefinition", this::byDefinition);
        handlers.put("listScanHistoryBySession", this::bySession);
    }

    private List<Entity> agents() {
        return agents.devices().stream().map(agents::listed).toList();
    }

    /** Returns an agent in a list, although the path is that of one entity, as in the documentation. */
    private ServiceResponse agent(OperationCall call) {
        Entity agent = agents.listed(agents.find(call.id()));
        return ODataResponses.complex(call, AGENTS + "/$entity", new Entity().with("value", List.of(agent)));
    }

    private ServiceResponse delete(OperationCall call) {
        definitions.delete(requireSome(call.texts("ScanDefinitionIds")));
        return ODataResponses.empty(call);
    }

    private ServiceResponse byDefinition(OperationCall call) {
        return responses.collection(
                call,
                DEFINITIONS + "/GetScanHistoryByScanDefinitionId",
                definitions.runs(requireSome(call.texts("ScanDefinitionIds"))).stream()
                        .map(run -> run.byDefinition(
                                agents.machineId(run.definition().device())))
                        .toList());
    }

    private ServiceResponse bySession(OperationCall call) {
        List<String> sessions = requireSome(call.texts("SessionIds"));
        return responses.collection(
                call,
                DEFINITIONS + "/GetScanHistoryBySessionId",
                definitions.runs().stream()
                        .filter(run -> sessions.contains(run.session()))
                        .map(run -> run.bySession(agents.organisationId()))
                        .toList());
    }

    private static <T> List<T> requireSome(List<T> list) {
        if (list.isEmpty()) {
            throw Problem.invalidInput("The list is empty");
        }
        return list;
    }
}

package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.MachineReferences;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;

/** The operations of the recommendations group. */
final class RecommendationOperations {

    private static final String SET = "Recommendations";

    private final Inventory inventory;
    private final Recommendations recommendations;
    private final MachineReferences references;
    private final ODataResponses responses;

    RecommendationOperations(Inventory inventory, MachineReferences references, ODataResponses responses) {
        this.inventory = inventory;
        this.recommendations = inventory.recommendations();
        this.references = references;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listRecommendations", call -> responses.collection(call, SET, recommendations.rows()));
        handlers.put("getRecommendation", call -> ODataResponses.entity(call, SET, recommendations.require(call.id())));
        // Not under the set of the software, although it is an item of it.
        handlers.put(
                "getRecommendationSoftware",
                call -> ODataResponses.complex(
                        call,
                        "Analytics.Contracts.PublicAPI.PublicProductDto",
                        inventory.products().entity(find(call.id()).product())));
        handlers.put(
                "listRecommendationMachines", call -> references.of(call, recommendations.devices(find(call.id()))));
        handlers.put(
                "listRecommendationVulnerabilities",
                call -> responses.collection(
                        call,
                        VulnerabilityOperations.SHORT_SET,
                        inventory.vulnerabilities().inShort(recommendations.weaknesses(find(call.id())))));
    }

    private Recommendation find(String id) {
        Recommendation recommendation = recommendations.find(id);
        if (recommendation == null) {
            throw Problem.notFound("Recommendation", id);
        }
        return recommendation;
    }
}

package io.github.defenderreactive.emulator.internal.inventory;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.machines.MachineReferences;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;

/** The operations of the software group. */
final class SoftwareOperations {

    private static final String SET = "Software";

    private final Inventory inventory;
    private final Products products;
    private final MachineReferences references;
    private final ODataResponses responses;

    SoftwareOperations(Inventory inventory, MachineReferences references, ODataResponses responses) {
        this.inventory = inventory;
        this.products = inventory.products();
        this.references = references;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listSoftware", call -> responses.collection(call, SET, products.all()));
        handlers.put("getSoftware", call -> ODataResponses.entity(call, SET, products.require(call.id())));
        handlers.put(
                "listSoftwareVersionDistribution",
                call -> responses.collection(call, "Distributions", products.versions(find(call.id()))));
        handlers.put("listSoftwareMachines", call -> references.of(call, products.devices(find(call.id()))));
        handlers.put(
                "listSoftwareVulnerabilities",
                call -> responses.collection(
                        call,
                        VulnerabilityOperations.SHORT_SET,
                        inventory.vulnerabilities().inShort(products.discovered(find(call.id())))));
        handlers.put(
                "listSoftwareMissingKbs",
                call -> responses.collection(
                        call,
                        "Collection(microsoft.windowsDefenderATP.api.PublicProductFixDto)",
                        inventory.updates().of(find(call.id()))));
    }

    private Product find(String id) {
        Product product = products.find(id);
        if (product == null) {
            throw Problem.notFound(SET, id);
        }
        return product;
    }
}

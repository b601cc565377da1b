package io.github.defenderreactive.emulator;

import java.util.Map;

/** The operations of the software group. */
final class SoftwareOperations {

    private static final String SET = "Software";

    private final Inventory inventory;
    private final Products products;
    private final MachineReferences references;
    private final Answers answers;

    SoftwareOperations(Inventory inventory, MachineReferences references, Answers answers) {
        this.inventory = inventory;
        this.products = inventory.products();
        this.references = references;
        this.answers = answers;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listSoftware", call -> answers.collection(call, SET, products.all()));
        handlers.put("getSoftware", call -> Answers.entity(call, SET, products.entity(find(call.id()))));
        handlers.put(
                "listSoftwareVersionDistribution",
                call -> answers.collection(call, "Distributions", products.versions(find(call.id()))));
        handlers.put("listSoftwareMachines", call -> references.of(call, products.devices(find(call.id()))));
        handlers.put(
                "listSoftwareVulnerabilities",
                call -> answers.collection(
                        call,
                        VulnerabilityOperations.SHORT_SET,
                        inventory.vulnerabilities().inShort(products.discovered(find(call.id())))));
        handlers.put(
                "listSoftwareMissingKbs",
                call -> answers.collection(
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

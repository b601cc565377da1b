package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options for the devices of an action, its reason, and its confirmation. */
final class DeviceOptions {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the devices.")
    private List<String> machineIds = List.of();

    @Mixin
    private RequestOptions request = new RequestOptions();

    String comment() {
        return request.comment();
    }

    boolean isDryRun() {
        return request.isDryRun();
    }

    Receipts receipts() {
        return request.receipts();
    }

    /**
     * Returns the devices, each once.
     *
     * @throws UsageException if an id is blank, or an action that must be confirmed is not
     */
    List<String> confirmed(String type, boolean harmful) {
        List<String> ids = List.copyOf(new LinkedHashSet<>(machineIds));
        if (ids.stream().anyMatch(String::isBlank)) {
            throw new UsageException("ID must not be blank");
        }
        if (harmful) {
            request.confirm(type + " on " + (ids.size() == 1 ? "device " + ids.get(0) : ids.size() + " devices"));
        }
        return ids;
    }
}

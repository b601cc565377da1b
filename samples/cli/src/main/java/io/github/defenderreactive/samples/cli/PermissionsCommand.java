package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.auth.claims.PermissionCheck;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to grant for some operations, before there is a tenant. */
@Command(
        name = "permissions",
        description = "Prints the least set of permissions for some operations; needs no connection.")
final class PermissionsCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("api", "permission", "operations");

    @Option(
            names = "--operations",
            paramLabel = "ID",
            split = ",",
            required = true,
            description = "Operation ids, as 'defender operations' lists them.")
    private List<String> operations = List.of();

    @Option(
            names = "--delegated",
            description = "Permissions of an application that acts for a user, not of one that acts by itself.")
    private boolean delegated;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<OperationInfo> named = Named.operations(operations);
        requireOpen(named);
        try (Output rows = Output.standard(output.formatOr(Output.Format.TABLE), COLUMNS)) {
            for (Api api : Api.values()) {
                List<OperationInfo> ofApi = named.stream()
                        .filter(operation -> operation.api().equals(api.id()))
                        .toList();
                least(ofApi).forEach(permission -> rows.row(out -> write(api, permission, ofApi, out)));
            }
        }
        return ExitCode.OK;
    }

    private void requireOpen(List<OperationInfo> named) {
        List<String> closed = named.stream()
                .filter(operation -> permissions(operation).isEmpty())
                .map(OperationInfo::id)
                .toList();
        if (!closed.isEmpty()) {
            throw new UsageException("No permission opens " + String.join(", ", closed) + " to "
                    + (delegated ? "users: leave --delegated out" : "applications: add --delegated"));
        }
    }

    private Set<String> least(List<OperationInfo> ofApi) {
        PermissionCheck check = PermissionCheck.of(ofApi);
        return delegated ? check.leastForUser() : check.leastForApplication();
    }

    private List<String> permissions(OperationInfo operation) {
        return delegated
                ? operation.permissions().delegated()
                : operation.permissions().application();
    }

    private void write(Api api, String permission, List<OperationInfo> ofApi, JsonWriter out) {
        out.beginObject();
        out.name("api").string(api.id());
        out.name("kind").string(delegated ? "delegated" : "application");
        out.name("permission").string(permission);
        List<String> opened = ofApi.stream()
                .filter(operation -> permissions(operation).stream().anyMatch(permission::equalsIgnoreCase))
                .map(OperationInfo::id)
                .toList();
        out.name("operations").list(opened, JsonWriter::string);
        out.endObject();
    }
}

package io.github.defenderreactive.cli.internal.token;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.operations.OperationLookup;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.process.ExitCode;
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

/** {@code defender permissions}: prints the permissions that some operations need. */
@Command(
        name = "permissions",
        description = "Prints the smallest set of permissions that some operations need; requires no connection.")
public final class PermissionsCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("api", "permission", "operations");

    @Option(
            names = "--operations",
            paramLabel = "ID",
            split = ",",
            required = true,
            description = "Operation ids, as 'defender operations' lists them.")
    private List<String> operations = List.of();

    @Option(names = "--delegated", description = "Permissions of an application that acts on behalf of a user.")
    private boolean delegated;

    @Mixin
    private OutputOptions output = new OutputOptions();

    PermissionsCommand() {}

    @Override
    public Integer call() {
        List<OperationInfo> named = OperationLookup.operations(operations);
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
            throw new UsageException((delegated ? "Users" : "Applications") + " cannot call "
                    + String.join(", ", closed) + "; " + (delegated ? "omit" : "add") + " --delegated");
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

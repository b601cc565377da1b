package io.github.defenderreactive.cli.internal.token;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.connect.WaitReporter;
import io.github.defenderreactive.cli.internal.operations.OperationLookup;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.claims.AccessTokenClaims;
import io.github.defenderreactive.runtime.auth.claims.PermissionCheck;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code defender token}: requests a token and prints its claims. */
@Command(
        name = "token",
        description =
                "Requests a token and prints its claims and the permissions that are missing for --operations. The"
                        + " exit code is 4 if any is missing.")
public final class TokenCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("claim", "value");

    @Option(
            names = "--api",
            paramLabel = "API",
            defaultValue = "defender-endpoint",
            description = "defender-endpoint, graph-security or defender-xdr (default: ${DEFAULT-VALUE}).")
    private String api = "";

    @Option(
            names = "--operations",
            paramLabel = "ID",
            split = ",",
            description = "Ids of operations that the token must allow, as 'defender operations' lists them.")
    private List<String> operations = List.of();

    @Option(names = "--show-token", description = "Also print the token, which every reader can use.")
    private boolean showToken;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TokenCommand() {}

    @Override
    public Integer call() {
        Api chosen = OperationLookup.api(api);
        List<OperationInfo> wanted = ofApi(chosen);
        AccessToken token;
        try (Connection opened = Connection.open(connection)) {
            token = Objects.requireNonNull(WaitReporter.toUser()
                    .report("the token", opened.client().token(chosen))
                    .block());
        }
        AccessTokenClaims claims = AccessTokenClaims.ifReadable(token).orElse(null);
        List<PermissionCheck.Missing> missing =
                claims == null ? List.of() : PermissionCheck.of(wanted).missing(claims);
        print(new TokenReport(chosen, token, claims, wanted.isEmpty() ? null : missing, Instant.now(), showToken));
        if (claims == null) {
            Messages.print("defender: The token is opaque; its permissions cannot be read");
            return wanted.isEmpty() ? ExitCode.OK : ExitCode.OTHER;
        }
        return missing.isEmpty() ? ExitCode.OK : ExitCode.PERMISSION;
    }

    private List<OperationInfo> ofApi(Api chosen) {
        List<OperationInfo> wanted = OperationLookup.operations(operations);
        for (OperationInfo operation : wanted) {
            if (!operation.api().equals(chosen.id())) {
                throw new UsageException(operation.id() + " belongs to " + operation.api() + ", not to " + chosen.id()
                        + "; choose the API with --api");
            }
        }
        return wanted;
    }

    private void print(TokenReport report) {
        Output.Format format = output.formatOr(Output.Format.TABLE);
        try (Output rows = Output.standard(format, COLUMNS)) {
            if (format == Output.Format.TABLE) {
                report.lines().forEach(rows::row);
            } else {
                rows.row(report);
            }
        }
    }
}

package io.github.defenderreactive.samples.cli;

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

/** Gets a token and says what is in it. */
@Command(
        name = "token",
        description = "Gets a token and says for whom it is, until when, what it allows, and what it lacks; exit code 4"
                + " if it lacks anything.")
final class TokenCommand implements Callable<Integer> {

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
            description = "Operation ids the token shall allow, as 'defender operations' lists them.")
    private List<String> operations = List.of();

    @Option(names = "--show-token", description = "Also prints the token. Whoever reads it can use it.")
    private boolean showToken;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Api chosen = Named.api(api);
        List<OperationInfo> wanted = ofApi(chosen);
        AccessToken token;
        try (Connection opened = Connection.open(connection)) {
            token = Objects.requireNonNull(Waits.toUser()
                    .on("the token", opened.client().token(chosen))
                    .block());
        }
        AccessTokenClaims claims = AccessTokenClaims.ifReadable(token).orElse(null);
        List<PermissionCheck.Missing> missing =
                claims == null ? List.of() : PermissionCheck.of(wanted).missing(claims);
        print(new TokenReport(chosen, token, claims, wanted.isEmpty() ? null : missing, Instant.now(), showToken));
        if (claims == null) {
            Messages.print("defender: The token is opaque: it does not say what it allows");
            return wanted.isEmpty() ? ExitCode.OK : ExitCode.OTHER;
        }
        return missing.isEmpty() ? ExitCode.OK : ExitCode.PERMISSION;
    }

    private List<OperationInfo> ofApi(Api chosen) {
        List<OperationInfo> wanted = Named.operations(operations);
        for (OperationInfo operation : wanted) {
            if (!operation.api().equals(chosen.id())) {
                throw new UsageException(operation.id() + " belongs to " + operation.api()
                        + ", which takes other tokens than " + chosen.id() + ": choose one with --api");
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

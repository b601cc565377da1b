package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.ParameterInfo;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

/** Calls any operation as it is: no time windows, next links followed. */
@Command(name = "call", description = "Calls any operation and prints its answer in wire form, one item a line.")
final class CallCommand implements Callable<Integer> {

    @Parameters(paramLabel = "OPERATION", description = "Operation id, as 'defender operations' lists it.")
    private String operationId = "";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description =
                    "Path or query argument; repeatable. The dollar sign of $filter, $top, $skip may be left out.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(names = "--body", paramLabel = "JSON|@FILE", description = "Request body.")
    private @Nullable String body;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most N items.")
    private @Nullable Long limit;

    @Option(names = "--pages", paramLabel = "N", description = "Read at most N pages.")
    private @Nullable Integer pages;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Operation<?> operation = Operations.find(operationId)
                .orElseThrow(() -> new UsageException(
                        "Unknown operation " + operationId + "; 'defender operations' lists all of them"));
        Call<?> call = call(operation);
        try (Connection opened = Connection.open(connection, System.getenv());
                Output rows = Output.standard(output.formatOr(Output.Format.JSON), List.of())) {
            Printing.print(Limits.first(answer(opened.client(), call), limit), rows);
        }
        return ExitCode.OK;
    }

    private <T> Call<T> call(Operation<T> operation) {
        Call.Builder<T> call = operation.call();
        List<ParameterInfo> known = operation.info().parameters();
        params.forEach((name, value) -> {
            ParameterInfo parameter = known.stream()
                    .filter(p -> p.name().equals(name) || p.name().equals("$" + name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(operation.info().id() + " has no parameter " + name
                            + (known.isEmpty()
                                    ? ""
                                    : "; it has "
                                            + String.join(
                                                    ", ",
                                                    known.stream()
                                                            .map(ParameterInfo::name)
                                                            .toList()))));
            if (parameter.location() == ParameterInfo.Location.PATH) {
                call.path(parameter.name(), value);
            } else {
                call.query(parameter.name(), value);
            }
        });
        if (body != null) {
            call.body(body(operation, body));
        }
        try {
            return call.build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + "; give it with --param name=value or --body");
        }
    }

    private static JsonEncodable body(Operation<?> operation, String given) {
        JsonDecoder<? extends JsonEncodable> decoder = operation.requestDecoder();
        if (decoder == null) {
            throw new UsageException(operation.info().id() + " takes no --body");
        }
        try {
            JsonReader in =
                    JsonReader.of(given.startsWith("@") ? Files.readString(Path.of(given.substring(1))) : given);
            JsonEncodable read = decoder.read(in);
            in.end();
            return read;
        } catch (IOException e) {
            throw new UsageException("Cannot read --body " + given);
        } catch (JsonException e) {
            throw new UsageException("--body is not what " + operation.info().id() + " takes: " + e.getMessage());
        }
    }

    private <T> Flux<? extends JsonEncodable> answer(DefenderClient client, Call<T> call) {
        ResponseShape shape = call.operation().shape();
        if (shape == ResponseShape.EMPTY) {
            @SuppressWarnings("unchecked") // an operation that answers nothing is an Operation<Void>
            Call<Void> nothing = (Call<Void>) call;
            return client.empty(nothing).thenMany(Flux.empty());
        }
        Flux<T> items = shape == ResponseShape.SINGLE
                ? client.single(call).flux()
                : pages == null ? client.paged(call) : Limits.pages(client.paged(call), pages);
        return items.map(Printing::encodable);
    }
}

package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.ParameterInfo;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Conversion of textual arguments to a call. The operation determines the location of each parameter. */
public final class CallArguments {

    private CallArguments() {}

    /**
     * Builds a call.
     *
     * @param <T> the type of the result
     * @param operation the operation
     * @param params the values by parameter name; the dollar sign of a name may be omitted
     * @param body the request body as JSON, or null
     * @param files the conversion of the value of a file parameter to its content
     * @return the call
     * @throws UsageException if an argument is missing, unknown or invalid
     */
    public static <T> Call<T> call(
            Operation<T> operation,
            Map<String, String> params,
            @Nullable String body,
            Function<String, FileContent> files) {
        Call.Builder<T> call = operation.call();
        try {
            params.forEach((name, value) -> set(call, parameter(operation, name), value, files));
            if (body != null) {
                call.body(body(operation, body));
            }
            return call.build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + "; give it with --param name=value or --body");
        }
    }

    private static void set(
            Call.Builder<?> call, ParameterInfo parameter, String value, Function<String, FileContent> files) {
        String name = parameter.name();
        switch (parameter.location()) {
            case PATH -> call.path(name, value);
            case QUERY -> call.query(name, value);
            case HEADER -> call.header(name, value);
            case FORM -> call.form(name, value);
            case FILE -> call.file(name, files.apply(value));
        }
    }

    private static ParameterInfo parameter(Operation<?> operation, String name) {
        List<ParameterInfo> known = operation.info().parameters();
        return known.stream()
                .filter(parameter ->
                        parameter.name().equals(name) || parameter.name().equals("$" + name))
                .findFirst()
                .orElseThrow(() -> new UsageException(operation.info().id() + " has no parameter " + name
                        + (known.isEmpty() ? "" : "; it has ")
                        + String.join(
                                ", ", known.stream().map(ParameterInfo::name).toList())));
    }

    private static JsonEncodable body(Operation<?> operation, String json) {
        JsonDecoder<? extends JsonEncodable> decoder = operation.requestDecoder();
        if (decoder == null) {
            throw new UsageException(operation.info().id() + " does not accept --body");
        }
        try {
            JsonReader in = JsonReader.of(json);
            JsonEncodable read = decoder.read(in);
            in.end();
            return read;
        } catch (JsonException e) {
            throw new UsageException(
                    "--body is not a valid body of " + operation.info().id() + ": " + e.getMessage());
        }
    }
}

package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileContent;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options for an operation and its arguments. */
final class CallOptions {

    @Parameters(paramLabel = "OPERATION", description = "Operation id, as 'defender operations' lists it.")
    private String operationId = "";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description =
                    "Argument in the path, query or form; repeatable. The dollar sign of $filter, $top and $skip may"
                            + " be omitted. A file is given as NAME=@FILE.")
    private List<String> params = List.of();

    @Option(names = "--body", paramLabel = "JSON|@FILE", description = "Request body.")
    private @Nullable String body;

    /**
     * Returns the call.
     *
     * @throws UsageException if an argument is missing, unknown or invalid
     */
    Call<?> call() {
        return CallArguments.call(
                OperationLookup.operation(operationId),
                arguments(),
                body == null ? null : text(body),
                CallOptions::file);
    }

    private Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (String param : params) {
            int equals = param.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--param must be NAME=VALUE, was " + param);
            }
            // Without the dollar sign, so that filter and $filter count as duplicates.
            String name = param.substring(param.startsWith("$") ? 1 : 0, equals);
            if (arguments.put(name, param.substring(equals + 1)) != null) {
                throw new UsageException("--param " + name + " was given more than once");
            }
        }
        return arguments;
    }

    private static String text(String given) {
        if (!given.startsWith("@")) {
            return given;
        }
        try {
            return Files.readString(FileName.of(given.substring(1)));
        } catch (CharacterCodingException e) {
            throw new UsageException("Cannot read --body " + given + ": it is not UTF-8");
        } catch (IOException e) {
            throw new UsageException("Cannot read --body " + given);
        }
    }

    private static FileContent file(String given) {
        if (!given.startsWith("@") || given.length() == 1) {
            throw new UsageException("A file must be given as --param name=@FILE, was " + given);
        }
        Path file = FileName.of(given.substring(1));
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new UsageException("Cannot read file " + file);
        }
        return FileContent.of(file);
    }
}

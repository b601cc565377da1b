package io.github.defenderreactive.cli.internal.crawl;

import io.github.defenderreactive.cli.Fixtures;
import io.github.defenderreactive.client.DefenderClient;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java call that the reference of operations shows for each operation, and whether the client has it. */
final class DocumentedJavaCalls {

    private static final Pattern CALL =
            Pattern.compile("client\\.(?<accessors>(?:\\w+\\(\\)\\.)+)(?<method>\\w+)\\((?<arguments>.*)\\)");

    private final Map<String, String> byOperation = new HashMap<>();

    private DocumentedJavaCalls(List<String> lines) {
        String operation = "";
        for (String line : lines) {
            if (line.startsWith("#### ")) {
                operation = line.substring(5);
            } else if (line.startsWith("client.")) {
                byOperation.put(operation, line);
            }
        }
    }

    static DocumentedJavaCalls read() throws IOException {
        return new DocumentedJavaCalls(Files.readAllLines(Fixtures.ROOT.resolve("docs/operations.md")));
    }

    /** Returns whether the client has the accessors and the method of the call. */
    boolean exists(String operation) {
        Matcher call = CALL.matcher(byOperation.getOrDefault(operation, ""));
        if (!call.matches()) {
            return false;
        }
        Class<?> group = DefenderClient.class;
        for (String accessor : call.group("accessors").split("\\(\\)\\.")) {
            group = result(group, accessor);
        }
        String arguments = call.group("arguments");
        int count = arguments.isEmpty() ? 0 : arguments.split(", ", -1).length;
        return Arrays.stream(group.getMethods())
                .anyMatch(
                        method -> method.getName().equals(call.group("method")) && method.getParameterCount() == count);
    }

    private static Class<?> result(Class<?> type, String accessor) {
        try {
            return type.getMethod(accessor).getReturnType();
        } catch (NoSuchMethodException e) {
            return Void.class;
        }
    }
}

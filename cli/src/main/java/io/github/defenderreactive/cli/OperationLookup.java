package io.github.defenderreactive.cli;

import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.util.List;
import java.util.stream.Stream;

/** What names on the command line stand for. */
final class OperationLookup {

    private OperationLookup() {}

    static Operation<?> operation(String id) {
        return Api.find(id)
                .orElseThrow(() ->
                        new UsageException("Unknown operation " + id + "; 'defender operations' lists all of them"));
    }

    /** Operations in the order given, each once. */
    static List<OperationInfo> operations(List<String> ids) {
        return ids.stream()
                .map(String::strip)
                .distinct()
                .<OperationInfo>map(id -> operation(id).info())
                .toList();
    }

    static Api api(String id) {
        return Stream.of(Api.values())
                .filter(api -> api.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException("Unknown API " + id + ": "
                        + String.join(", ", Stream.of(Api.values()).map(Api::id).toList())));
    }
}

package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.util.List;
import java.util.stream.Stream;

/** Lookup of operations and APIs by the names on the command line. */
public final class OperationLookup {

    private OperationLookup() {}

    /** Returns the operation with an id. */
    static Operation<?> operation(String id) {
        return Api.find(id)
                .orElseThrow(() ->
                        new UsageException("Unknown operation " + id + "; 'defender operations' lists all of them"));
    }

    /**
     * Returns the operations with some ids, without duplicates.
     *
     * @param ids the ids
     * @return the operations, in the order of the ids
     * @throws UsageException if an id is unknown
     */
    public static List<OperationInfo> operations(List<String> ids) {
        return ids.stream()
                .map(String::strip)
                .distinct()
                .<OperationInfo>map(id -> operation(id).info())
                .toList();
    }

    /**
     * Returns the API with an id.
     *
     * @param id the id
     * @return the API
     * @throws UsageException if the id is unknown
     */
    public static Api api(String id) {
        return Stream.of(Api.values())
                .filter(api -> api.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UsageException("Unknown API " + id + "; use one of "
                        + String.join(", ", Stream.of(Api.values()).map(Api::id).toList())));
    }
}

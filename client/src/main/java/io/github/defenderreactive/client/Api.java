package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An API that the client calls, with its operations. Operation ids are unique across all APIs.
 *
 * @since 0.1.0
 */
public enum Api {
    /** Microsoft Defender for Endpoint. */
    DEFENDER_ENDPOINT("defender-endpoint", Operations.all()),
    /** The security API of Microsoft Graph: alerts and incidents of all Defender products, and hunting. */
    GRAPH_SECURITY("graph-security", io.github.defenderreactive.client.graph.api.Operations.all()),
    /** Microsoft Defender XDR: incidents, and hunting until its retirement. */
    DEFENDER_XDR("defender-xdr", io.github.defenderreactive.client.xdr.api.Operations.all());

    private final String id;
    // an unmodifiable list of immutable operations, which the checker cannot recognise
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Operation<?>> operations;

    Api(String id, List<Operation<?>> operations) {
        this.id = id;
        this.operations = operations;
    }

    /**
     * Returns the id of the API, which descriptions and {@link OperationInfo#api()} use.
     *
     * @return for example {@code defender-endpoint}
     */
    public String id() {
        return id;
    }

    /**
     * Returns the operations of this API.
     *
     * @return an unmodifiable list in the order of the description
     */
    public List<Operation<?>> operations() {
        return operations;
    }

    /** Returns the API that an operation belongs to. */
    static Api of(Operation<?> operation) {
        String id = operation.info().api();
        return Stream.of(values())
                .filter(api -> api.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        operation.info().id() + " belongs to " + id + ", which is not an API of this client"));
    }

    /**
     * Returns the operations of all APIs.
     *
     * @return an unmodifiable list, API after API
     */
    public static List<Operation<?>> all() {
        return Stream.of(values())
                .<Operation<?>>flatMap(api -> api.operations.stream())
                .toList();
    }

    /**
     * Returns the operation with the given id.
     *
     * @param operationId the operation id
     * @return the operation, or empty if no API has an operation with that id
     */
    public static Optional<Operation<?>> find(String operationId) {
        return all().stream()
                .filter(operation -> operation.info().id().equals(operationId))
                .findFirst();
    }
}

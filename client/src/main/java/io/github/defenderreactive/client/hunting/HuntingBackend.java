package io.github.defenderreactive.client.hunting;

import io.github.defenderreactive.client.graph.model.RunHuntingQueryRequest;
import io.github.defenderreactive.client.model.RunAdvancedQueryRequest;
import io.github.defenderreactive.client.xdr.model.RunAdvancedHuntingRequest;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An API that runs hunting queries. The queries, the tables and the rows are the same. Permissions and quotas differ.
 *
 * @since 0.1.0
 */
public enum HuntingBackend {
    /** Microsoft Graph, {@code runHuntingQuery}. */
    GRAPH(
            io.github.defenderreactive.client.graph.api.Operations.RUN_HUNTING_QUERY,
            (query, timespan) -> RunHuntingQueryRequest.builder()
                    .query(query)
                    .timespan(timespan == null ? null : timespan.toString())
                    .build()),
    /** Defender XDR, {@code runAdvancedHunting}. The service returns no data after 1 February 2027. */
    XDR(
            io.github.defenderreactive.client.xdr.api.Operations.RUN_ADVANCED_HUNTING,
            (query, timespan) ->
                    RunAdvancedHuntingRequest.builder().query(query).build()),
    /** Defender for Endpoint, {@code runAdvancedQuery}. The service returns no data after 1 February 2027. */
    ENDPOINT(
            io.github.defenderreactive.client.api.Operations.RUN_ADVANCED_QUERY,
            (query, timespan) -> RunAdvancedQueryRequest.builder().query(query).build());

    // immutable, which the checker cannot recognise
    @SuppressWarnings("ImmutableEnumChecker")
    private final Operation<?> operation;

    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<String, @Nullable Duration, JsonEncodable> request;

    HuntingBackend(Operation<?> operation, BiFunction<String, @Nullable Duration, JsonEncodable> request) {
        this.operation = operation;
        this.request = request;
    }

    OperationInfo operation() {
        return operation.info();
    }

    /**
     * Returns a call whose items are rows, instead of one value with all of them.
     *
     * @param rows reads {@code results} with the members before it
     */
    Call<HuntingRow> call(String query, @Nullable Duration timespan, JsonDecoder<HuntingRow> rows) {
        return new Operation<>(operation.info(), ResponseShape.COLLECTION, rows, null, operation.requestDecoder(), null)
                .call()
                .body(request.apply(query, timespan))
                .build();
    }

    /**
     * Checks the period of a query.
     *
     * @throws IllegalArgumentException if this API cannot limit it
     */
    void requireSupported(@Nullable Duration timespan) {
        if (timespan != null && this != GRAPH) {
            throw new IllegalArgumentException("query must not have a period with the back end " + this + ", was "
                    + timespan + ". Filter by a time column instead");
        }
    }
}

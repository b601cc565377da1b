package io.github.defenderreactive.client;

import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One pipeline for each API. Each has an API root and an audience of its own, so a token is never sent to another API.
 */
final class Pipelines {

    private final Map<Api, Pipeline> byApi = new EnumMap<>(Api.class);

    Pipelines(Function<Api, Pipeline> pipelines) {
        for (Api api : Api.values()) {
            byApi.put(api, pipelines.apply(api));
        }
    }

    Pipeline of(Api api) {
        return Objects.requireNonNull(byApi.get(api));
    }

    Pipeline of(Call<?> call) {
        return of(Api.of(call.operation()));
    }

    Pipelines with(UnaryOperator<Pipeline> change) {
        return new Pipelines(api -> change.apply(of(api)));
    }
}

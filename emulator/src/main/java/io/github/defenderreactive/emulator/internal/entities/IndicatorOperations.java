package io.github.defenderreactive.emulator.internal.entities;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operations of the indicators group. */
final class IndicatorOperations {

    private final Indicators indicators;
    private final ODataResponses responses;

    IndicatorOperations(Indicators indicators, ODataResponses responses) {
        this.indicators = indicators;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listIndicators", call -> responses.collection(call, "Indicators", indicators.active()));
        handlers.put(
                "submitIndicator",
                call -> ODataResponses.entity(call, "Indicators", indicators.submit(call.body(), call.application())));
        handlers.put("importIndicators", this::importAll);
        handlers.put("deleteIndicator", call -> delete(call, List.of(call.id())));
        handlers.put("batchDeleteIndicators", call -> delete(call, requireSome(call.texts("IndicatorIds"))));
    }

    /** Returns one result for each entry, without a metadata link. A refused entry does not stop the others. */
    private ServiceResponse importAll(OperationCall call) {
        List<Entity> results = new ArrayList<>();
        for (Object entry : requireSome(call.body().get("Indicators") instanceof List<?> list ? list : List.of())) {
            results.add(result((Map<?, ?>) entry, call.application()));
        }
        return ODataResponses.plain(call, new Entity().with("value", results));
    }

    private Entity result(Map<?, ?> entry, String application) {
        Entity result = new Entity().with("id", null).with("indicator", entry.get("indicatorValue"));
        try {
            return result.with("id", indicators.submit(entry, application).get("id"))
                    .with("isFailed", false)
                    .with("failureReason", null);
        } catch (Problem e) {
            return result.with("isFailed", true).with("failureReason", e.text());
        }
    }

    private ServiceResponse delete(OperationCall call, List<String> ids) {
        indicators.delete(ids);
        return ODataResponses.empty(call);
    }

    private static <T> List<T> requireSome(List<T> list) {
        if (list.isEmpty()) {
            throw Problem.invalidInput("The list is empty");
        }
        return list;
    }
}

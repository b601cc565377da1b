package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;

/** The operations of the investigations group. */
final class InvestigationOperations {

    private final Investigations investigations;
    private final ODataResponses responses;

    InvestigationOperations(Investigations investigations, ODataResponses responses) {
        this.investigations = investigations;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listInvestigations", call -> responses.page(call, "Investigations", null, investigations::rows));
        handlers.put("getInvestigation", this::get);
    }

    private ServiceResponse get(OperationCall call) {
        Entity investigation = investigations.find(call.id());
        if (investigation == null) {
            throw Problem.notFound("Investigation", call.id());
        }
        return ODataResponses.entity(call, "Investigations", investigation);
    }
}

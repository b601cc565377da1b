package io.github.defenderreactive.emulator;

import java.util.Map;

/** The operations of the investigations group. */
final class InvestigationOperations {

    private final Investigations investigations;
    private final Answers answers;

    InvestigationOperations(Investigations investigations, Answers answers) {
        this.investigations = investigations;
        this.answers = answers;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listInvestigations", call -> answers.page(call, "Investigations", null, investigations::rows));
        handlers.put("getInvestigation", this::get);
    }

    private ServiceResponse get(OperationCall call) {
        Entity investigation = investigations.find(call.id());
        if (investigation == null) {
            throw Problem.notFound("Investigation", call.id());
        }
        return Answers.entity(call, "Investigations", investigation);
    }
}

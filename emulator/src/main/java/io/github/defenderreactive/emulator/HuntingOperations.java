package io.github.defenderreactive.emulator;

import java.util.Map;

/** The operation of the advanced-hunting group: all names begin with a capital, and there is no metadata link. */
final class HuntingOperations {

    private final HuntingTables tables;

    HuntingOperations(HuntingTables tables) {
        this.tables = tables;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("runAdvancedQuery", this::run);
    }

    private ServiceResponse run(OperationCall call) {
        HuntingBody body = new HuntingBody(
                tables.run(call.required("Query")),
                "Schema",
                (out, column) -> Values.write(
                        out,
                        new Entity()
                                .with("Name", column.name())
                                .with("Type", column.type().wire())),
                "Results");
        return new ServiceResponse(call.operation().status(), ODataResponses.headers(), body);
    }
}

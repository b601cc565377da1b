package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;

/** The operation of the advanced-hunting group. All names begin with a capital, and there is no metadata link. */
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
                tables.given(),
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

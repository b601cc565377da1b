package io.github.defenderreactive.emulator.internal.hunting;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Hunting through Microsoft Graph, whose names begin with a small letter, and through Defender XDR, whose do not. */
final class SiblingHunting {

    private final HuntingTables tables;
    private final Supplier<Instant> now;

    SiblingHunting(HuntingTables tables, Supplier<Instant> now) {
        this.tables = tables;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("runHuntingQuery", this::graph);
        handlers.put("runAdvancedHunting", this::xdr);
    }

    private ServiceResponse graph(OperationCall call) {
        String timespan = call.text("Timespan");
        HuntingTables within = timespan == null ? tables : tables.within(Timespan.parse(timespan, now.get()));
        return respond(
                call,
                new HuntingBody(
                        tables.given(),
                        out -> out.name("@odata.context")
                                .string(call.root() + "/v1.0/$metadata#microsoft.graph.security.huntingQueryResults"),
                        within.run(call.required("Query")),
                        "schema",
                        column("name", "type"),
                        "results",
                        true));
    }

    private ServiceResponse xdr(OperationCall call) {
        return respond(
                call,
                new HuntingBody(
                        tables.given(),
                        out -> Values.write(out.name("Stats"), new Entity().with("ExecutionTime", 0.01)),
                        tables.run(call.required("Query")),
                        "Schema",
                        column("Name", "Type"),
                        "Results",
                        false));
    }

    private static BiConsumer<JsonWriter, HuntingColumn> column(String name, String type) {
        return (out, column) -> Values.write(
                out,
                new Entity().with(name, column.name()).with(type, column.type().wire()));
    }

    private static ServiceResponse respond(OperationCall call, HuntingBody body) {
        return new ServiceResponse(call.operation().status(), ODataResponses.headers(), body);
    }
}

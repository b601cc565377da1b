package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.operation.ParameterInfo;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row with a time that never changes. */
record TimedRow(@Nullable String id, @Nullable Instant at) {

    /** Pages of ten. */
    static final Operation<TimedRow> LIST = list("listTimedRows", 10);

    static final Operation<TimedRow> LIST_LARGE = list("listManyTimedRows", 10_000);

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /** A row so many ticks behind the start. */
    static TimedRow of(String id, long tick) {
        return new TimedRow(id, TimeWindow.instant(TimeWindow.tick(START) + tick));
    }

    long tick() {
        return at == null ? Long.MIN_VALUE : TimeWindow.tick(at);
    }

    String json() {
        return "{\"id\":" + (id == null ? "null" : "\"" + id + "\"")
                + (at == null ? "}" : ",\"at\":\"" + JsonWriter.text(at) + "\"}");
    }

    private static TimedRow read(JsonReader in) {
        String id = null;
        Instant at = null;
        in.beginObject();
        while (in.nextMember()) {
            switch (in.name()) {
                case "id" -> id = in.stringOrNull();
                case "at" -> at = in.instantOrNull();
                default -> in.skipValue();
            }
        }
        return new TimedRow(id, at);
    }

    private static Operation<TimedRow> list(String id, int maxPageSize) {
        OperationInfo info = OperationInfo.builder()
                .api("test")
                .id(id)
                .tag("rows")
                .method("GET")
                .path("/rows")
                .summary("Rows")
                .quota(new Quota(id, 100, 1500))
                .paging(new Paging(Paging.Strategy.TIME_WINDOW, maxPageSize, null, "at"))
                .replaySafety(ReplaySafety.SAFE)
                .parameters(Stream.of("$filter", "$top", "$skip")
                        .map(name -> new ParameterInfo(name, ParameterInfo.Location.QUERY, false, false, name))
                        .toList())
                .filterable(List.of("at"))
                .sourcePage("rows.md")
                .build();
        return new Operation<>(info, ResponseShape.COLLECTION, TimedRow::read, TimedRow::id, null, TimedRow::at);
    }
}

package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.operation.ParameterInfo;
import io.github.defenderreactive.runtime.operation.Permissions;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An entity small enough to be read at a glance, and operations on it. */
public record Row(String id) implements JsonEncodable {

    public static final Operation<Row> LIST = list("listRows", 10, Row::id, false);
    public static final Operation<Row> LIST_UNKEYED = list("listRowsWithoutKey", 10, null, false);
    public static final Operation<Row> LIST_UNLIMITED = list("listRowsOfAnySize", 0, Row::id, false);
    public static final Operation<Row> LIST_MAYBE = list("listRowsIfAny", 10, Row::id, true);
    public static final Operation<Row> EXPORT =
            collection("exportRows", "GET", true, new Paging(Paging.Strategy.SKIP_TOKEN, 10), null);
    public static final Operation<Row> EXPORT_LARGE =
            collection("exportManyRows", "GET", true, new Paging(Paging.Strategy.SKIP_TOKEN, 200_000), null);
    public static final Operation<Row> EXPORT_LINKED_ELSEWHERE = collection(
            "exportRowsLinkedElsewhere", "GET", true, new Paging(Paging.Strategy.SKIP_TOKEN, 10, "/timeline"), null);
    public static final Operation<Row> LIST_SIZED =
            collection("listRowsInSizedPages", "GET", true, new Paging(Paging.Strategy.SIZED_LINK, 10), Row::id);
    public static final Operation<Row> IMPORT =
            collection("importRows", "POST", false, new Paging(Paging.Strategy.NEXT_LINK, 10), Row::id);
    public static final Operation<Row> SEARCH =
            collection("searchRows", "POST", true, new Paging(Paging.Strategy.OFFSET, 10), Row::id);
    public static final Operation<Row> GET_WRAPPED = new Operation<>(
            info("getWrappedRow", "GET", "/rows/{id}", true, false, Paging.NONE),
            ResponseShape.SINGLE,
            JsonDecoder.unwrapping(Row::read),
            null,
            null,
            null);
    public static final Operation<Row> GET =
            operation("getRow", "GET", "/rows/{id}", ResponseShape.SINGLE, true, false);
    public static final Operation<Row> FIND =
            operation("findRow", "GET", "/rows/{id}", ResponseShape.SINGLE, true, true);
    public static final Operation<Row> CREATE =
            operation("createRow", "POST", "/rows", ResponseShape.SINGLE, false, false);
    public static final Operation<Row> UPLOAD = new Operation<>(
            info(
                    "uploadRow",
                    "POST",
                    "/rows/file",
                    false,
                    false,
                    Paging.NONE,
                    List.of(
                            new ParameterInfo("About", ParameterInfo.Location.FORM, true, false, "What it is"),
                            new ParameterInfo("Note", ParameterInfo.Location.FORM, false, false, "More of it"),
                            new ParameterInfo("File", ParameterInfo.Location.FILE, true, false, "The file"))),
            ResponseShape.SINGLE,
            Row::read,
            null,
            null,
            null);
    /** Sends headers of its own, and its responses are larger than others. */
    public static final Operation<Row> GET_LARGE = new Operation<>(
            preferring(info("getLargeRow", "GET", "/rows/{id}/large", true, false, Paging.NONE)),
            ResponseShape.SINGLE,
            Row::read,
            null,
            null,
            null);

    public static final Operation<Row> LIST_PREFERRING = new Operation<>(
            preferring(
                    info("listPreferring", "GET", "/rows", true, false, new Paging(Paging.Strategy.NEXT_LINK, 10_000))),
            ResponseShape.COLLECTION,
            Row::read,
            Row::id,
            null,
            null);
    public static final Operation<Void> TOUCH = new Operation<>(
            info("touchRow", "POST", "/rows/{id}/touch", false, false, Paging.NONE),
            ResponseShape.EMPTY,
            null,
            null,
            null,
            null);

    public static Row read(JsonReader in) {
        String id = "";
        in.beginObject();
        while (in.nextMember()) {
            if (in.name().equals("id")) {
                id = in.readString();
            } else {
                in.skipValue();
            }
        }
        return new Row(id);
    }

    @Override
    public void write(JsonWriter out) {
        out.beginObject().name("id").string(id).endObject();
    }

    public String json() {
        return "{\"id\":\"" + id + "\"}";
    }

    private static Operation<Row> operation(
            String id, String method, String path, ResponseShape shape, boolean safe, boolean emptyOnNotFound) {
        return new Operation<>(
                info(id, method, path, safe, emptyOnNotFound, Paging.NONE), shape, Row::read, null, null, null);
    }

    private static Operation<Row> list(String id, int maxPageSize, Function<Row, String> key, boolean emptyOnNotFound) {
        Paging paging = new Paging(Paging.Strategy.NEXT_LINK, maxPageSize);
        return new Operation<>(
                info(id, "GET", "/rows", true, emptyOnNotFound, paging),
                ResponseShape.COLLECTION,
                Row::read,
                key,
                null,
                null);
    }

    private static Operation<Row> collection(
            String id, String method, boolean safe, Paging paging, Function<Row, String> key) {
        return new Operation<>(
                info(id, method, "/rows", safe, false, paging),
                ResponseShape.COLLECTION,
                Row::read,
                key,
                method.equals("POST") ? Row::read : null,
                null);
    }

    private static OperationInfo info(
            String id, String method, String path, boolean safe, boolean emptyOnNotFound, Paging paging) {
        boolean collection = paging.strategy() != Paging.Strategy.NONE;
        List<ParameterInfo> parameters = collection
                ? List.of(query("$filter"), query("$top"), query("$skip"), query("pageSize"))
                : path.contains("{id}")
                        ? List.of(new ParameterInfo("id", ParameterInfo.Location.PATH, true, false, "Which row"))
                        : List.of();
        return info(id, method, path, safe, emptyOnNotFound, paging, parameters);
    }

    private static OperationInfo info(
            String id,
            String method,
            String path,
            boolean safe,
            boolean emptyOnNotFound,
            Paging paging,
            List<ParameterInfo> parameters) {
        return OperationInfo.builder()
                .api("test")
                .id(id)
                .tag("rows")
                .method(method)
                .path(path)
                .summary("Rows")
                .permissions(new Permissions(List.of("Row.Read.All"), List.of("Row.Read")))
                .quota(new Quota(id, 100, 1500))
                .paging(paging)
                .replaySafety(safe ? ReplaySafety.SAFE : ReplaySafety.UNSAFE)
                .emptyOnNotFound(emptyOnNotFound)
                .parameters(parameters)
                .filterable(List.of("id"))
                .sourcePage("rows.md")
                .build();
    }

    private static OperationInfo preferring(OperationInfo info) {
        return info.mutate()
                .headers(Map.of("Prefer", "include-late-rows"))
                .maxResponseBytes(80 << 20)
                .build();
    }

    private static ParameterInfo query(String name) {
        return new ParameterInfo(name, ParameterInfo.Location.QUERY, false, false, name);
    }
}

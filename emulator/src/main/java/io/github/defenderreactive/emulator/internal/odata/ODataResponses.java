package io.github.defenderreactive.emulator.internal.odata;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.Schemas;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Node;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the responses of the service: envelopes, contexts, pages, headers. */
public final class ODataResponses {

    private static final String JSON = "application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8";

    /** Returns the rows that pass a filter, without the first ones. */
    public interface Scan {
        Iterator<? extends Row> rows(@Nullable FilterExpression filter, long skip);
    }

    private final Description description;
    private final int pageSize;
    private final Map<String, Map<String, FilterParser.Property>> properties = new HashMap<>();

    public ODataResponses(Description description, int pageSize) {
        this.description = description;
        this.pageSize = pageSize;
        description.operations().forEach(operation -> properties.put(operation.id(), filterable(operation)));
    }

    public static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", JSON);
        headers.put("OData-Version", "4.0");
        headers.put("Vary", "Accept-Encoding");
        headers.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        return headers;
    }

    public static ServiceResponse entity(OperationCall call, String set, Row row) {
        return json(call, out -> {
            out.name("@odata.context").string(call.root() + "/api/$metadata#" + set + "/$entity");
            row.writeMembers(out);
        });
    }

    /** Returns a value without a set of its own, such as statistics. */
    public static ServiceResponse complex(OperationCall call, String type, Entity value) {
        return json(call, out -> {
            out.name("@odata.context").string(call.root() + "/api/$metadata#" + type);
            value.writeMembers(out);
        });
    }

    /** Returns a value without a metadata link. */
    public static ServiceResponse plain(OperationCall call, Entity value) {
        return json(call, value::writeMembers);
    }

    public static ServiceResponse text(OperationCall call, String value) {
        return json(
                call,
                out -> out.name("@odata.context")
                        .string(call.root() + "/api/$metadata#Edm.String")
                        .name("value")
                        .string(value));
    }

    public static ServiceResponse number(OperationCall call, long value) {
        Map<String, String> headers = headers();
        if (call.operation().plainText()) {
            headers.put("Content-Type", "text/plain");
        }
        return new ServiceResponse(
                call.operation().status(), headers, ResponseBody.of(Values.utf8(Long.toString(value))));
    }

    public static ServiceResponse empty(OperationCall call) {
        return new ServiceResponse(
                call.operation().status(), Map.of("OData-Version", "4.0"), ResponseBody.of(new byte[0]));
    }

    private static ServiceResponse json(OperationCall call, Consumer<JsonWriter> members) {
        JsonWriter out = new JsonWriter();
        out.beginObject();
        members.accept(out);
        out.endObject();
        return new ServiceResponse(call.operation().status(), headers(), ResponseBody.of(out.toByteArray()));
    }

    /** Returns a page over rows at hand. */
    public ServiceResponse collection(OperationCall call, String set, List<? extends Row> rows) {
        return page(
                call,
                set,
                null,
                (filter, skip) -> rows.stream()
                        .filter(row -> filter == null || filter.test(row))
                        .skip(skip)
                        .iterator());
    }

    /**
     * Returns a page with limit and link as the query requests; a collection without {@code $skip} is returned as a
     * whole.
     */
    public ServiceResponse page(OperationCall call, String set, @Nullable Integer count, Scan scan) {
        return page(call, set, count, pageSize, scan);
    }

    /** Returns a page of a collection that has a default size of its own. */
    public ServiceResponse page(OperationCall call, String set, @Nullable Integer count, int defaultSize, Scan scan) {
        Integer top = integer(call, "$top", 1);
        Integer asked = integer(call, "$skip", 0);
        int skip = asked == null ? 0 : asked;
        boolean pages = call.operation().queryParameters().containsKey("$skip");
        int limit = top != null ? top : pages ? defaultSize : Integer.MAX_VALUE;
        String link = pages && top == null
                ? call.linkRoot() + call.page() + "?" + call.query().withSkip(call.loop() ? skip : skip + limit)
                : null;
        CollectionBody.Envelope envelope = new CollectionBody.Envelope(
                context(call, set), count, limit, link == null ? null : () -> link, call.loop());
        return new ServiceResponse(
                call.operation().status(), headers(), new CollectionBody(envelope, scan.rows(filter(call), skip)));
    }

    /** Returns a page whose link depends on its last row; no link is sent if it is null. */
    public static ServiceResponse rows(
            OperationCall call,
            String set,
            int limit,
            Iterator<? extends Row> rows,
            @Nullable Supplier<String> nextLink) {
        CollectionBody.Envelope envelope =
                new CollectionBody.Envelope(context(call, set), null, limit, nextLink, call.loop());
        return new ServiceResponse(call.operation().status(), headers(), new CollectionBody(envelope, rows));
    }

    private static String context(OperationCall call, String set) {
        return call.root() + "/api/$metadata#" + set;
    }

    public @Nullable FilterExpression filter(OperationCall call) {
        String text = call.query().get("$filter");
        Map<String, FilterParser.Property> known =
                properties.get(call.operation().id());
        return text == null || known == null ? null : FilterParser.parse(text, known);
    }

    /** Returns a whole number of the query, within the limits of the description. */
    public static @Nullable Integer integer(OperationCall call, String name, int least) {
        String text = call.query().get(name);
        if (text == null) {
            return null;
        }
        Node parameter = call.operation().queryParameters().get(name);
        Integer most = parameter == null
                ? null
                : parameter.get("schema").get("maximum").integer();
        try {
            int value = Integer.parseInt(text);
            if (value < least) {
                throw Problem.odata("Invalid value '" + text + "' for " + name + ": it must be at least " + least);
            }
            if (most != null && value > most) {
                throw Problem.odata("The limit of '" + most + "' for " + name + " has been exceeded: " + value);
            }
            return value;
        } catch (NumberFormatException e) {
            throw Problem.odata("Invalid value '" + text + "' for " + name + ": it must be a whole number");
        }
    }

    private Map<String, FilterParser.Property> filterable(ApiOperation operation) {
        Map<String, FilterParser.Property> known = new HashMap<>();
        for (String name : operation.filterable()) {
            Map<String, Node> members = description
                    .resolve(Objects.requireNonNull(listed(operation).itemSchema()))
                    .get("properties")
                    .members();
            members.forEach((member, schema) -> {
                if (member.equalsIgnoreCase(name)) {
                    known.put(name.toLowerCase(Locale.ROOT), new FilterParser.Property(member, type(schema)));
                }
            });
        }
        return known;
    }

    /** Returns the operation that lists the items: of a count the one whose items it counts. */
    private ApiOperation listed(ApiOperation operation) {
        String list = operation.template().replace("/$count", "");
        return description.operations().stream()
                .filter(other -> other.api() == operation.api()
                        && other.method().equals(operation.method())
                        && other.template().equals(list))
                .findFirst()
                .orElse(operation);
    }

    private FilterParser.Type type(Node property) {
        Node schema = description.resolve(property);
        List<String> types = Schemas.types(schema);
        if ("date-time".equals(schema.get("format").text())) {
            return FilterParser.Type.TIME;
        } else if (types.contains("integer") || types.contains("number")) {
            return FilterParser.Type.NUMBER;
        }
        return types.contains("boolean") ? FilterParser.Type.BOOLEAN : FilterParser.Type.TEXT;
    }
}

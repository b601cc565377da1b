package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.http.Query;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.CollectionBody;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.FilterExpression;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.Row;
import io.github.defenderreactive.emulator.internal.odata.View;
import io.github.defenderreactive.emulator.internal.slice.SliceContext;
import io.github.defenderreactive.runtime.json.JsonValue;
import io.github.defenderreactive.runtime.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Responses of Microsoft Graph and Defender XDR, whose paging differs from that of Defender for Endpoint. */
public final class GraphResponses {

    private final ODataResponses responses;
    private final EvolvableEnums words;
    private final int pageSize;

    public static GraphResponses of(SliceContext context) {
        return new GraphResponses(
                context.responses(),
                new EvolvableEnums(context.description()),
                context.options().pageSize());
    }

    private GraphResponses(ODataResponses responses, EvolvableEnums words, int pageSize) {
        this.responses = responses;
        this.words = words;
        this.pageSize = pageSize;
    }

    private static String context(OperationCall call, String set) {
        return call.root() + call.operation().api().prefix() + "/$metadata#" + set;
    }

    public static ServiceResponse entity(OperationCall call, String set, View<?> view) {
        JsonWriter out = new JsonWriter();
        out.beginObject().name("@odata.context").string(context(call, set) + "/$entity");
        view.writeMembers(out);
        out.endObject();
        return new ServiceResponse(
                call.operation().status(), ODataResponses.headers(), ResponseBody.of(out.toByteArray()));
    }

    /** Returns an entity of Microsoft Graph, with later values of enumerations for callers that prefer them. */
    ServiceResponse graphEntity(OperationCall call, String set, Row row) {
        return graphValue(call, set + "/$entity", row);
    }

    /** Returns the result of an action of Microsoft Graph. */
    ServiceResponse graphValue(OperationCall call, String set, Row row) {
        Entity entity = new Entity().with("@odata.context", context(call, set));
        if (JsonValue.from(words.shown(call, row)).toJava() instanceof Map<?, ?> members) {
            members.forEach((name, member) -> entity.with((String) name, member));
        }
        return applied(
                call,
                new ServiceResponse(
                        call.operation().status(), ODataResponses.headers(), ResponseBody.of(Values.bytes(entity))));
    }

    /** Adds the header that names the applied preference. */
    private static ServiceResponse applied(OperationCall call, ServiceResponse response) {
        return call.unknownMembers() ? response.withHeader("Preference-Applied", EvolvableEnums.PREFERENCE) : response;
    }

    /** Returns a complete collection of Microsoft Graph without a next link. */
    ServiceResponse complete(OperationCall call, String set, List<? extends Row> rows) {
        return applied(call, page(call, set, null, rows.size() + 1, null, rows.iterator()));
    }

    /** Returns the number of rows that pass a filter. */
    ServiceResponse count(OperationCall call, Stream<? extends Row> rows) {
        FilterExpression filter = responses.filter(call);
        return ODataResponses.number(
                call, rows.filter(row -> filter == null || filter.test(row)).count());
    }

    /** Returns the rows that pass a filter, in a page with a next link. */
    ServiceResponse linked(OperationCall call, String set, Stream<? extends Row> rows) {
        List<? extends Row> all = rows.toList();
        return linked(
                call,
                set,
                (filter, skip) -> all.stream()
                        .filter(row -> filter == null || filter.test(row))
                        .skip(skip)
                        .iterator());
    }

    /** Returns a page of Microsoft Graph, with a next link even with {@code $top}, and counted on request. */
    ServiceResponse linked(OperationCall call, String set, ODataResponses.Scan scan) {
        Integer skip = ODataResponses.integer(call, "$skip", 0);
        long begin = start(call, skip == null ? 0 : skip);
        int limit = limit(call);
        long next = call.loop() ? begin : begin + limit;
        String link = call.linkRoot() + call.page() + "?" + call.query().withSkipToken(token(next));
        FilterExpression filter = responses.filter(call);
        Integer count = counted(call) ? size(scan.rows(filter, 0)) : null;
        Iterator<? extends Row> rows = scan.rows(filter, begin);
        Iterator<Row> shown = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return words.shown(call, rows.next());
            }
        };
        return applied(call, page(call, set, count, limit, () -> link, shown));
    }

    /** Returns a page of Defender XDR, without a next link. */
    public ServiceResponse counted(OperationCall call, String set, ODataResponses.Scan scan) {
        Integer skip = ODataResponses.integer(call, "$skip", 0);
        return page(call, set, null, limit(call), null, scan.rows(responses.filter(call), skip == null ? 0 : skip));
    }

    private static ServiceResponse page(
            OperationCall call,
            String set,
            @Nullable Integer count,
            int limit,
            @Nullable Supplier<String> link,
            Iterator<? extends Row> rows) {
        CollectionBody.Envelope envelope =
                new CollectionBody.Envelope(context(call, set), count, limit, link, call.loop());
        return new ServiceResponse(
                call.operation().status(), ODataResponses.headers(), new CollectionBody(envelope, rows));
    }

    private int limit(OperationCall call) {
        Integer most = call.operation().maxPageSize();
        String asked = call.query().get("$top");
        if (most != null && asked != null && asked.matches("\\d{1,9}") && Integer.parseInt(asked) > most) {
            throw Problem.odata(
                    "The limit of '" + most + "' for Top query has been exceeded. The value from the incoming"
                            + " request is '" + asked + "'.");
        }
        Integer top = ODataResponses.integer(call, "$top", 1);
        return top != null ? top : most == null ? pageSize : Math.min(pageSize, most);
    }

    private static boolean counted(OperationCall call) {
        String count = call.query().get("$count");
        if (count != null && !count.equals("true") && !count.equals("false")) {
            throw Problem.odata("Invalid value '" + count + "' for $count: it must be true or false");
        }
        return "true".equals(count);
    }

    private static int size(Iterator<? extends Row> rows) {
        int size = 0;
        while (rows.hasNext()) {
            rows.next();
            size++;
        }
        return size;
    }

    private static String token(long place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("place:" + place).getBytes(StandardCharsets.UTF_8));
    }

    private static long start(OperationCall call, int skip) {
        String token = call.query().get(Query.SKIP_TOKEN);
        if (token == null) {
            return skip;
        }
        try {
            String place = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (place.startsWith("place:")) {
                return Long.parseLong(place.substring("place:".length()));
            }
        } catch (IllegalArgumentException e) {
            // Not a token of this service; reported below.
        }
        throw Problem.odata("The $skiptoken is not one of a next link");
    }
}

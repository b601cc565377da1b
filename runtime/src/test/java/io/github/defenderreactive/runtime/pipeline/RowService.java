package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows behind pages, as the real service has them: links without {@code $top}, none with it. */
public final class RowService implements Function<TransportRequest, Answer> {

    private final List<Row> rows;
    private final int pageSize;

    public RowService(int total, int pageSize) {
        this.rows = new CopyOnWriteArrayList<>(rows(0, total));
        this.pageSize = pageSize;
    }

    public List<Row> rows() {
        return rows;
    }

    @Override
    public Answer apply(TransportRequest request) {
        return Answer.ok(page(request.uri().getRawQuery()));
    }

    /** The page a query asks for. */
    public String page(String rawQuery) {
        Map<String, String> query = query(rawQuery);
        int skip = Integer.parseInt(query.getOrDefault("$skip", "0"));
        int size = Integer.parseInt(query.getOrDefault("$top", Integer.toString(pageSize)));
        int end = Math.min(rows.size(), skip + size);
        String link =
                query.containsKey("$top") || end >= rows.size() ? null : "https://elsewhere.test/api/rows?$skip=" + end;
        return envelope(skip >= end ? List.of() : rows.subList(skip, end), link);
    }

    public static String envelope(List<Row> rows, String link) {
        String items = rows.stream().map(Row::json).collect(Collectors.joining(","));
        return "{\"@odata.context\":\"https://api.test/$metadata#Rows\",\"value\":[" + items + "]"
                + (link == null ? "" : ",\"@odata.nextLink\":\"" + link + "\"") + "}";
    }

    public static List<Row> rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> new Row("r" + i)).toList();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], parts[1]);
            }
        }
        return query;
    }
}

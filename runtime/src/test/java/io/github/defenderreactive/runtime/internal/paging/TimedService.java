package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.internal.position.TimeWindow;
import io.github.defenderreactive.runtime.pipeline.ScriptedTransport.Answer;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A live collection that filters by time and cuts its pages, as the real one does: a link says that there is more. */
final class TimedService implements Function<TransportRequest, Answer> {

    /** How rows are sorted. */
    enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST,
        /** Anew with every call. */
        NONE
    }

    private static final Pattern BOUND = Pattern.compile("at (ge|lt) (\\S+)");

    final List<TimedRow> rows = new ArrayList<>();
    final List<String> filters = new ArrayList<>();
    private final Order order;
    private final int pageSize;
    private final Random random = new Random(7);
    private boolean linking = true;
    private Runnable beforeEach = () -> {};

    TimedService(Order order, int pageSize) {
        this.order = order;
        this.pageSize = pageSize;
    }

    /** One row on each tick. */
    TimedService filled(int count) {
        for (int i = 0; i < count; i++) {
            rows.add(TimedRow.of("r" + i, i));
        }
        return this;
    }

    TimedService withoutLinks() {
        linking = false;
        return this;
    }

    TimedService beforeEach(Runnable change) {
        beforeEach = change;
        return this;
    }

    @Override
    public Answer apply(TransportRequest request) {
        beforeEach.run();
        String filter = filter(request);
        assertThat(filter).doesNotContain("$top", "$skip", "$orderby");
        filters.add(filter);
        TimeWindow window = window(filter);
        List<TimedRow> inside = new ArrayList<>(
                rows.stream().filter(row -> window.holds(row.tick())).toList());
        sort(inside);
        boolean more = inside.size() > pageSize;
        return page(
                more ? inside.subList(0, pageSize) : inside, more && linking ? "/api/rows?$skip=" + pageSize : null);
    }

    private void sort(List<TimedRow> inside) {
        Comparator<TimedRow> byTime = Comparator.comparingLong(TimedRow::tick);
        switch (order) {
            case NEWEST_FIRST -> inside.sort(byTime.reversed());
            case OLDEST_FIRST -> inside.sort(byTime);
            case NONE -> java.util.Collections.shuffle(inside, random);
        }
    }

    /** The window that a request asks for. */
    static TimeWindow window(TransportRequest request) {
        return window(filter(request));
    }

    /** The filter of a request, empty for a window without bounds. */
    private static String filter(TransportRequest request) {
        String query = request.uri().getRawQuery();
        if (query == null) {
            return "";
        }
        String decoded = URLDecoder.decode(query, StandardCharsets.UTF_8);
        assertThat(decoded).startsWith("$filter=");
        return decoded.substring("$filter=".length());
    }

    private static TimeWindow window(String filter) {
        long from = TimeWindow.NO_BEGINNING;
        long to = TimeWindow.NO_END;
        Matcher bound = BOUND.matcher(filter);
        while (bound.find()) {
            long tick = TimeWindow.tick(Instant.parse(bound.group(2)));
            if (bound.group(1).equals("ge")) {
                from = tick;
            } else {
                to = tick;
            }
        }
        return new TimeWindow(from, to);
    }

    static Answer page(List<TimedRow> rows, String link) {
        return Answer.ok("{\"value\":[" + rows.stream().map(TimedRow::json).collect(Collectors.joining(",")) + "]"
                + (link == null ? "" : ",\"@odata.nextLink\":\"" + link + "\"") + "}");
    }
}
